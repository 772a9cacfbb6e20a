package dev.cortado.image.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants of a guest's network.
 *
 * @param mode none for the usual one: {@code user} if the image has a driver, or else nothing
 * @param forwards ports of the host that are the guest's
 * @param mac the card's address; none for one that is made of the image's place
 * @param capture where to write all frames, as pcap
 * @param address what the guest is told of its address
 */
public record NetworkRequest(
        Optional<NetworkMode> mode,
        List<PortForward> forwards,
        Optional<MacAddress> mac,
        Optional<Path> capture,
        Optional<GuestAddress> address) {
    /** Nobody wants anything. */
    public static final NetworkRequest USUAL = of(null, List.of(), null, null, null);

    public NetworkRequest {
        forwards = List.copyOf(forwards);
    }

    /**
     * As a user has written it; null, or an empty list, is what was not written.
     *
     * @throws dev.cortado.image.UserError if a word is not what it should be
     */
    public static NetworkRequest of(
            String mode, List<String> forwards, String mac, Path capture, String address) {
        return new NetworkRequest(
                Optional.ofNullable(mode).map(NetworkMode::parse),
                forwards.stream().map(PortForward::parse).toList(),
                Optional.ofNullable(mac).map(MacAddress::parse),
                Optional.ofNullable(capture),
                Optional.ofNullable(address).map(GuestAddress::parse));
    }

    /** The first option that only a guest with a network has a use for. */
    Optional<String> optionOfNetwork() {
        if (!forwards.isEmpty()) {
            return Optional.of("--forward " + forwards.getFirst().word());
        }
        if (mac.isPresent()) {
            return Optional.of("--mac " + mac.get());
        }
        if (capture.isPresent()) {
            return Optional.of("--capture " + capture.get());
        }
        return address.map(each -> "--address " + each.text());
    }

    /** Whether something is wanted that only QEMU does. */
    public boolean needsQemu() {
        boolean network = mode.isPresent() && !(mode.get() instanceof NetworkMode.None);
        return network || optionOfNetwork().isPresent();
    }
}
