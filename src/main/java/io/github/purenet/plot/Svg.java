package io.github.purenet.plot;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGSyntax;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Figures as SVG, by Batik, which is an optional dependency. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private Svg() {}

  static String of(Figure figure) {
    try {
      return write(figure);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException(e); // every JDK has both, and memory does not fail
    }
  }

  private static String write(Figure figure)
      throws ParserConfigurationException, TransformerException {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .getDOMImplementation()
            .createDocument(NAMESPACE, "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setPrecision(2); // of a unit of length, finer than any screen
    context.setImageHandler(new Embedded());
    SVGGraphics2D g = new SVGGraphics2D(context, false);
    g.setSVGCanvasSize(new Dimension(figure.width(), figure.height()));
    Figure.smooth(g);
    figure.draw(g);
    Element root = g.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + figure.width() + " " + figure.height());
    root.setAttributeNS(null, "role", "img");
    describe(root, "desc", figure.description());
    describe(root, "title", figure.title());
    StringWriter out = new StringWriter();
    Transformer writer = TransformerFactory.newInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes"); // an HTML page has none
    writer.transform(new DOMSource(root), new StreamResult(out));
    return out.toString();
  }

  /** Adds a text that is not drawn as the first child. */
  private static void describe(Element root, String name, String text) {
    if (!text.isEmpty()) {
      Element element = root.getOwnerDocument().createElementNS(NAMESPACE, name);
      element.setTextContent(text.replaceAll("\\p{Cntrl}", " ")); // XML has none
      root.insertBefore(element, root.getFirstChild());
    }
  }

  /** Writes pictures into the document, by the JDK's own PNG. */
  private static final class Embedded extends DefaultImageHandler {
    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context)
        throws SVGGraphics2DIOException {
      BufferedImage copy =
          new BufferedImage(
              image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
      Graphics2D g = copy.createGraphics();
      g.drawImage(image, 0, 0, null);
      g.dispose();
      handleHREF((RenderedImage) copy, element, context);
    }

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context)
        throws SVGGraphics2DIOException {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", png);
      } catch (IOException e) {
        throw new SVGGraphics2DIOException(e.getMessage(), e);
      }
      element.setAttributeNS(
          SVGSyntax.XLINK_NAMESPACE_URI,
          SVGSyntax.XLINK_HREF_QNAME,
          "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray()));
    }
  }
}
