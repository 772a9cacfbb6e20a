package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.InterfaceAddress.State;
import dev.cortado.runtime.net.link.Link;
import java.util.ArrayList;
import java.util.List;

/** Which of a host's addresses to try first (RFC 6724, 6). */
public final class DestinationOrder {
    private final IpLayer ip;

    public DestinationOrder(IpLayer ip) {
        this.ip = ip;
    }

    /** A destination and the source that a packet to it would have; null if there is none. */
    private record Candidate(IpAddress destination, IpAddress source, boolean isDeprecated) {}

    /** The addresses with the best first; what the rules do not tell apart stays as it is. */
    public List<IpAddress> sort(List<IpAddress> destinations) {
        List<Candidate> candidates = new ArrayList<>();
        for (IpAddress destination : destinations) {
            candidates.add(candidate(destination));
        }
        candidates.sort(DestinationOrder::compare);
        return candidates.stream().map(Candidate::destination).toList();
    }

    private Candidate candidate(IpAddress destination) {
        PacketInfo info = new PacketInfo();
        info.destinationHigh = destination.high();
        info.destinationLow = destination.low();
        if (ip.selectSource(info) != SendResult.SENT) {
            return new Candidate(destination, null, false);
        }
        boolean isDeprecated = false;
        for (Link link : ip.links().all()) {
            InterfaceAddress own = link.address(info.sourceHigh, info.sourceLow);
            isDeprecated |= own != null && own.state() == State.DEPRECATED;
        }
        return new Candidate(
                destination, new IpAddress(info.sourceHigh, info.sourceLow), isDeprecated);
    }

    /** The rules in their order; those of mobile IP and of tunnels are not ours. */
    private static int compare(Candidate a, Candidate b) {
        // 1: one that can be reached.
        if (a.source == null || b.source == null) {
            return Boolean.compare(a.source == null, b.source == null);
        }
        // 2: one whose scope is its source's.
        int order = Boolean.compare(!hasScopeOfSource(a), !hasScopeOfSource(b));
        // 3: one whose source is not deprecated.
        order = order != 0 ? order : Boolean.compare(a.isDeprecated, b.isDeprecated);
        // 5: one whose label is its source's.
        order = order != 0 ? order : Boolean.compare(!hasLabelOfSource(a), !hasLabelOfSource(b));
        // 6: the higher precedence.
        order = order != 0 ? order : Integer.compare(precedence(b), precedence(a));
        // 8: the smaller scope.
        order = order != 0 ? order : Integer.compare(scope(a.destination), scope(b.destination));
        // 9: the longest prefix in common with its source, within a family; not of IPv4, where
        // networks' numbers say nothing of where they are, and round robin is what is wanted.
        boolean areIpv6 = !a.destination.isIpv4() && !b.destination.isIpv4();
        return order != 0 || !areIpv6 ? order : Integer.compare(common(b), common(a));
    }

    private static int scope(IpAddress address) {
        return SourceSelection.scope(address.high(), address.low());
    }

    private static boolean hasScopeOfSource(Candidate candidate) {
        return scope(candidate.destination) == scope(candidate.source);
    }

    private static boolean hasLabelOfSource(Candidate candidate) {
        return AddressPolicy.label(candidate.destination.high(), candidate.destination.low())
                == AddressPolicy.label(candidate.source.high(), candidate.source.low());
    }

    private static int precedence(Candidate candidate) {
        return AddressPolicy.precedence(candidate.destination.high(), candidate.destination.low());
    }

    private static int common(Candidate candidate) {
        return Math.min(
                64,
                Ipv6.commonPrefix(
                        candidate.source.high(),
                        candidate.source.low(),
                        candidate.destination.high(),
                        candidate.destination.low()));
    }
}
