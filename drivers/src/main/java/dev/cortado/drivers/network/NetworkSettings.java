package dev.cortado.drivers.network;

/**
 * What a driver of a network device is told by its user.
 *
 * @param buffers that packets come in
 * @param queues wanted pairs of queues; a device may have fewer
 * @param posted how many buffers each queue has for packets that come, at most
 * @param address the device's, if it says none; see {@link MacAddress#local}
 */
public record NetworkSettings(NetworkBuffers buffers, int queues, int posted, long address) {
    public NetworkSettings {
        if (queues < 1 || posted < 1 || !MacAddress.isStation(address)) {
            throw new IllegalArgumentException(
                    queues
                            + " pairs of queues, "
                            + posted
                            + " buffers, address "
                            + MacAddress.format(address));
        }
    }
}
