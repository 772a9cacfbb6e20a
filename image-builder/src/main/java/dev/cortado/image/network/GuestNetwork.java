package dev.cortado.image.network;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The network that a guest gets: checked against its image and the host.
 *
 * @param forwards with the ports of the host that were chosen
 * @param queues pairs of queues between the card and the host
 */
public record GuestNetwork(
        NetworkMode mode,
        List<PortForward> forwards,
        MacAddress mac,
        Optional<Path> capture,
        Optional<GuestAddress> address,
        int queues) {
    /** The driver of QEMU's network cards, as a manifest names it. */
    public static final String DRIVER = "virtio.network";

    /** QEMU's own network, 10.0.2.0/24, and how long its prefix is. */
    private static final int USER_NETWORK = 0x0a00_0200;

    private static final int USER_PREFIX = 24;
    private static final int USER_DNS = 3;

    public GuestNetwork {
        forwards = List.copyOf(forwards);
    }

    /**
     * @param cpus how many processors the guest has
     * @throws UserError if the image or the host cannot do what is wanted
     */
    public static GuestNetwork of(NetworkRequest request, ImageFile image, int cpus) {
        return of(request, image, cpus, TapDevices.HOST);
    }

    static GuestNetwork of(NetworkRequest request, ImageFile image, int cpus, TapDevices taps) {
        boolean driven =
                image.manifest().drivers().stream().anyMatch(each -> each.name().equals(DRIVER));
        NetworkMode mode =
                request.mode()
                        .orElseGet(() -> driven ? new NetworkMode.User() : new NetworkMode.None());
        if (!driven && request.needsQemu()) {
            throw new UserError(
                    "%s: the image %s has no network driver, since its program uses no network; leave that out"
                            .formatted(
                                    request.optionOfNetwork().orElse("--net " + mode),
                                    image.file()));
        }
        if (mode instanceof NetworkMode.None && request.optionOfNetwork().isPresent()) {
            throw new UserError(
                    "%s makes no sense with --net none".formatted(request.optionOfNetwork().get()));
        }
        if (mode instanceof NetworkMode.Tap && !request.forwards().isEmpty()) {
            throw new UserError(
                    "--forward %s is for --net user: with --net %s, the guest has an address of its own"
                            .formatted(request.forwards().getFirst().word(), mode));
        }
        if (mode instanceof NetworkMode.User) {
            request.address().ifPresent(GuestNetwork::requireUserNetwork);
        }
        int queues = 1;
        if (mode instanceof NetworkMode.Tap tap && taps.requireMultiQueue(tap.name())) {
            queues = cpus;
        }
        request.capture().ifPresent(GuestNetwork::requireWritable);
        MacAddress mac =
                request.mac().orElseGet(() -> MacAddress.ofImage(image.file(), mode.toString()));
        return new GuestNetwork(
                mode,
                HostPorts.claim(request.forwards()),
                mac,
                request.capture().map(Path::toAbsolutePath),
                request.address(),
                queues);
    }

    private static void requireUserNetwork(GuestAddress address) {
        if (address.isVlan()) {
            throw new UserError(
                    "--address %s: there are no VLANs in the network of --net user"
                            .formatted(address.text()));
        }
        if (address.address().isEmpty()) {
            return;
        }
        int number = Ipv4.parse(address.address().get()).orElseThrow();
        int host = number - USER_NETWORK;
        boolean inside = Ipv4.sameNetwork(number, USER_NETWORK, USER_PREFIX);
        if (!inside || host <= USER_DNS || host == 0xff) {
            throw new UserError(
                    "--address %s: the network of --net user is 10.0.2.0/24; its addresses for guests begin at 10.0.2.4, its gateway is 10.0.2.2, its dns 10.0.2.3"
                            .formatted(address.text()));
        }
    }

    private static void requireWritable(Path file) {
        try {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        } catch (IOException e) {
            throw new UserError(
                    "--capture %s: that file cannot be written (%s)".formatted(file, e), e);
        }
    }

    /** Whether there is a card at all. */
    public boolean exists() {
        return !(mode instanceof NetworkMode.None);
    }
}
