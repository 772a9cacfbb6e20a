package dev.cortado.drivers.network.card;

import java.util.List;

/**
 * Which packets a card is to give, beside those for all; others may come anyway.
 *
 * @param address the card's own
 * @param promiscuous all that there are
 * @param allGroups those for all groups
 * @param groups those for these groups, addresses of 48 bits
 */
public record ReceiveFilter(
        long address, boolean promiscuous, boolean allGroups, List<Long> groups) {
    public ReceiveFilter {
        groups = List.copyOf(groups);
    }

    /** Those for an address. */
    public static ReceiveFilter of(long address) {
        return new ReceiveFilter(address, false, false, List.of());
    }

    public ReceiveFilter withAddress(long other) {
        return new ReceiveFilter(other, promiscuous, allGroups, groups);
    }

    public ReceiveFilter withMode(boolean all, boolean groupsToo) {
        return new ReceiveFilter(address, all, groupsToo, groups);
    }

    public ReceiveFilter withGroups(List<Long> others) {
        return new ReceiveFilter(address, promiscuous, allGroups, others);
    }
}
