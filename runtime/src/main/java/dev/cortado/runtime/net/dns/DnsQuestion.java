package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;

/** A question that is under way, and who waits for its answer. The resolver's, under its lock. */
final class DnsQuestion extends Timer {
    final Resolver resolver;
    final String key;
    final int type;
    final List<DnsListener> listeners = new ArrayList<>();

    /** Names to try, one after the other, and which one it is. */
    final List<String> candidates;

    int candidate;

    /** What is asked for now: a candidate, or what its aliases lead to. */
    String name;

    int aliases;

    /** How many times a server was asked for this name, and which socket waits for it. */
    int tries;

    UdpSocket socket;
    int identifier;
    int ignored;
    boolean hasExtension = true;

    /** What the answer is if no candidate has one. */
    DnsStatus worst = DnsStatus.NO_SUCH_NAME;

    boolean hasAnswered;

    DnsQuestion(Resolver resolver, String key, int type, List<String> candidates) {
        this.resolver = resolver;
        this.key = key;
        this.type = type;
        this.candidates = candidates;
    }

    @Override
    protected void expired(long now) {
        resolver.expired(this, now);
    }
}
