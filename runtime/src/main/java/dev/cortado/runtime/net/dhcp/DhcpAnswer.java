package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.DhcpMessage;

/** Whether a message is an answer to what was asked (RFC 2131, 4.4.1 and 4.4.5). */
final class DhcpAnswer {
    private DhcpAnswer() {}

    static boolean isTo(PacketBuffer packet, int transaction, long macAddress) {
        var bytes = packet.bytes();
        int at = packet.start();
        return packet.info().sourcePort == DhcpMessage.SERVER_PORT
                && DhcpMessage.operation(bytes, at) == DhcpMessage.REPLY
                && DhcpMessage.transaction(bytes, at) == transaction
                && DhcpMessage.clientHardware(bytes, at) == macAddress;
    }

    /**
     * Whether an acknowledgment is of what was asked for.
     *
     * @param said null if it is none that a host could live with
     */
    static boolean isExpected(DhcpState state, DhcpLease said, DhcpLease offer, DhcpLease lease) {
        if (said == null) {
            return false;
        }
        return switch (state) {
            case REQUESTING ->
                    said.server().equals(offer.server()) && said.address().equals(offer.address());
            case RENEWING ->
                    said.server().equals(lease.server()) && said.address().equals(lease.address());
            case REBINDING, REBOOTING -> said.address().equals(lease.address());
            default -> false;
        };
    }

    /** Whether a refusal is from one who was asked. */
    static boolean isFromServer(
            DhcpState state, PacketBuffer packet, DhcpLease offer, DhcpLease lease) {
        int server =
                DhcpMessage.number(
                        packet.bytes(),
                        packet.start(),
                        packet.length(),
                        DhcpMessage.SERVER_IDENTIFIER,
                        0);
        return switch (state) {
            case REQUESTING -> server == offer.server().ipv4();
            case RENEWING -> server == lease.server().ipv4();
            case REBINDING, REBOOTING -> true;
            default -> false;
        };
    }
}
