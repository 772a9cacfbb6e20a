package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.dns.DnsAnswer;
import dev.cortado.runtime.net.dns.DnsStatus;
import dev.cortado.runtime.net.dns.Resolver;
import dev.cortado.runtime.net.time.NetworkClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a resolver and waits for the answer. */
final class NameLookup {
    /** Longer than any question takes with the rounds and servers that a configuration may have. */
    private static final long MINUTES = 5;

    private final Resolver resolver;
    private final NetworkClock clock;

    NameLookup(Resolver resolver, NetworkClock clock) {
        this.resolver = resolver;
        this.clock = clock;
    }

    /** All addresses of a name, of both families at once; IPv4's first. */
    List<IpAddress> lookup(String name, boolean ipv4, boolean ipv6) throws LookupException {
        CompletableFuture<DnsAnswer> four = ask(name, ipv4, true);
        CompletableFuture<DnsAnswer> six = ask(name, ipv6, false);
        DnsAnswer first = await(four, name);
        DnsAnswer second = await(six, name);
        List<IpAddress> found = new ArrayList<>(first.addresses());
        found.addAll(second.addresses());
        if (found.isEmpty()) {
            throw new LookupException(name, reason(ipv4 ? first : second, ipv6 ? second : first));
        }
        return found;
    }

    /** That of the family which there may be an address of. */
    private static DnsStatus reason(DnsAnswer one, DnsAnswer other) {
        boolean isOther =
                one.status() == DnsStatus.NO_DATA || one.status() == DnsStatus.NO_SUCH_NAME;
        return isOther ? other.status() : one.status();
    }

    private CompletableFuture<DnsAnswer> ask(String name, boolean isWanted, boolean isIpv4) {
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        if (isWanted) {
            resolver.resolve(name, isIpv4, answer::complete, clock.nanoTime());
        } else {
            answer.complete(new DnsAnswer(DnsStatus.NO_DATA, name, List.of()));
        }
        return answer;
    }

    private static DnsAnswer await(CompletableFuture<DnsAnswer> answer, String name)
            throws LookupException {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        try {
            while (true) {
                try {
                    return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true; // afterwards: who looks for a name cannot be interrupted
                } catch (TimeoutException e) {
                    throw new LookupException(name, DnsStatus.TIMEOUT);
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
