package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.nio.ByteBuffer;

/**
 * The options of a router's advertisement that say something of the link (RFC 4861, 6.3.4; RFC
 * 4862, 5.5.3). Its owner's lock guards it.
 */
final class RouterOptions {
    /** What every link takes (RFC 8200, 5). */
    private static final int MINIMUM_MTU = 1280;

    private final EthernetLink link;
    private final RouterList routers;
    private final DropCounters drops;
    private final Autonomous autonomous;

    /** Who makes addresses of prefixes. */
    interface Autonomous {
        void prefix(long high, long preferred, long valid, long now);
    }

    RouterOptions(
            EthernetLink link, RouterList routers, DropCounters drops, Autonomous autonomous) {
        this.link = link;
        this.routers = routers;
        this.drops = drops;
        this.autonomous = autonomous;
    }

    /**
     * Takes an option; one of another kind is no matter.
     *
     * @param high the router's address
     */
    void take(ByteBuffer bytes, int option, long high, long low, long now) {
        int length = NeighbourMessage.optionLength(bytes, option);
        switch (NeighbourMessage.optionKind(bytes, option)) {
            case NeighbourMessage.OPTION_SOURCE_LINK_ADDRESS -> {
                long mac = NeighbourMessage.linkAddress(bytes, option);
                if (EthernetFrame.isStation(mac)) {
                    link.learn(high, low, mac, now);
                }
            }
            case NeighbourMessage.OPTION_MTU -> {
                int mtu = NeighbourMessage.mtu(bytes, option);
                if (mtu >= MINIMUM_MTU) {
                    link.setMtuLimit(mtu);
                }
            }
            case NeighbourMessage.OPTION_PREFIX -> {
                if (length >= NeighbourMessage.PREFIX_BYTES) {
                    prefix(bytes, option, now);
                }
            }
            default -> {}
        }
    }

    private void prefix(ByteBuffer bytes, int option, long now) {
        int length = NeighbourMessage.prefixLength(bytes, option);
        int flags = NeighbourMessage.prefixFlags(bytes, option);
        long high = NeighbourMessage.prefixHigh(bytes, option);
        long low = NeighbourMessage.prefixLow(bytes, option);
        long valid = NeighbourMessage.validLifetime(bytes, option);
        long preferred = NeighbourMessage.preferredLifetime(bytes, option);
        boolean isFine =
                length <= 128
                        && !Ipv6.isLinkLocal(high)
                        && !Ipv6.isMulticast(high)
                        && (length > 0 || valid == 0)
                        && preferred <= valid
                        && high != 0;
        if (!isFine) {
            drops.count(DropReason.NDP_IGNORED);
            return;
        }
        if ((flags & NeighbourMessage.ON_LINK) != 0) {
            routers.onLink(
                    high & Ipv6.maskHigh(length), low & Ipv6.maskLow(length), length, valid, now);
        }
        // RFC 4862, 5.5.3, (d): prefix and identifier are an address's length together.
        if ((flags & NeighbourMessage.AUTONOMOUS) != 0 && length == 64) {
            autonomous.prefix(high, preferred, valid, now);
        }
    }
}
