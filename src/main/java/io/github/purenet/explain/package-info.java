/**
 * What a trained network looks at, as numbers: which pixels its answer depends on, which samples
 * and images excite a channel, and how it sorts samples. The package {@code plot} draws them.
 *
 * <p>Every x here is an input of the network, (N, input shape), normalized if the network has
 * learned from normalized images; settings that are the gray of a pixel are from 0 to 1 and
 * normalized where the network needs it. Classes are given one for each sample; without any, they
 * are those that the network predicts. Everything is computed in inference and leaves the network
 * as it is, so any number of threads may ask one network. What is random has a seed: the same seed
 * gives the same bits.
 *
 * <pre>{@code
 * Network network = Network.load(Path.of("model.safetensors"));
 * NDArray x = Mnist.sample().test().head(10).all().x();
 *
 * NDArray saliency = Saliency.map(network, x); // (10, 28, 28)
 * NDArray smooth = new SmoothGrad().map(network, x);
 * NDArray cam = GradCam.map(network, x);
 * NDArray hidden = new Occlusion(5).map(network, x);
 *
 * NDArray ideal = new ActivationMaximization().ofClass(network, 7); // (1, 28, 28)
 * List<Exciting> nine =
 *     Exciting.of(network, "conv1", 3, Mnist.sample().test(), 9); // for channel 3
 * NDArray points = Pca.of(Embedding.of(network, Mnist.sample().test()), 2).points(); // (1000, 2)
 * }</pre>
 */
package io.github.purenet.explain;
