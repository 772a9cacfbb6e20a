package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.dhcpv6.Retransmission.SECOND;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.Dhcpv6Message;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a client does when (RFC 8415, 18.2). Its client's, under its lock. */
final class Dhcpv6Machine {
    /** RFC 8415, 18.2.1: a server that prefers itself so is not compared to others. */
    private static final int MOST_PREFERRED = 255;

    private final Binding binding;
    private final Conversation conversation;
    private final TimerQueue timers;
    private final Timer timer;
    private final RandomGenerator random;
    private final Events events;
    private Dhcpv6State state = Dhcpv6State.STOPPED;
    private boolean isManaged;

    /** The best offer until now. */
    private Dhcpv6Answer best;

    private Dhcpv6Information information = Dhcpv6Information.NONE;

    /** Who is told of what has come of it, and of addresses that somebody else has. */
    interface Events extends Autoconfiguration.ConflictListener {
        void leased(Dhcpv6Lease lease);

        void lost(Dhcpv6Lease lease);

        void informed(Dhcpv6Information information);
    }

    /**
     * @param timer that {@link #expired} is called for
     */
    Dhcpv6Machine(
            Binding binding,
            Conversation conversation,
            TimerQueue timers,
            Timer timer,
            RandomGenerator random,
            Events events) {
        this.binding = binding;
        this.conversation = conversation;
        this.timers = timers;
        this.timer = timer;
        this.random = random;
        this.events = events;
    }

    Dhcpv6State state() {
        return state;
    }

    void start(boolean hasAddresses, long now) {
        if (state == Dhcpv6State.STOPPED || hasAddresses && !isManaged) {
            isManaged = hasAddresses;
            begin(now);
        }
    }

    /** 18.2.3 and 18.2.6. */
    void linkChanged(long now) {
        Dhcpv6Lease own = binding.lease();
        if (own != null && !binding.isOver(now)) {
            ask(Dhcpv6State.CONFIRMING, Exchange.CONFIRM, null, own.values(), now);
        } else if (state != Dhcpv6State.STOPPED && state != Dhcpv6State.RELEASING) {
            begin(now);
        }
    }

    /** 18.2.7. */
    void stop(long now) {
        Dhcpv6Lease gone = giveUp(now);
        binding.withdrawAll(now);
        isManaged = false;
        if (gone == null) {
            state = Dhcpv6State.STOPPED;
            timers.cancel(timer);
        } else {
            ask(Dhcpv6State.RELEASING, Exchange.RELEASE, gone.server(), gone.values(), now);
        }
    }

    private void begin(long now) {
        if (isManaged) {
            ask(Dhcpv6State.SOLICITING, Exchange.SOLICIT, null, List.of(), now);
        } else {
            ask(Dhcpv6State.INFORMING, Exchange.INFORM, null, List.of(), now);
        }
    }

    /** Begins anew, but not at once: a server that errs is not asked all the time. */
    private void beginLater(long now) {
        state = Dhcpv6State.WAITING;
        timers.set(timer, now + SECOND + random.nextLong(SECOND));
    }

    private void ask(
            Dhcpv6State next, Exchange exchange, Duid of, List<IpAddress> these, long now) {
        state = next;
        best = null;
        conversation.begin(exchange, of, these, now);
        if (exchange.isDelayed) {
            timers.set(timer, now + random.nextLong(SECOND));
        } else {
            send(now);
        }
    }

    private void send(long now) {
        long next = conversation.send(now);
        if (state == Dhcpv6State.RENEWING && next - binding.times().rebinding() > 0) {
            next = binding.times().rebinding();
        } else if (state == Dhcpv6State.REBINDING && next - binding.times().end() > 0) {
            next = binding.times().end();
        }
        timers.set(timer, next);
    }

    void expired(long now) {
        if (binding.isOver(now)) {
            giveUp(now);
            beginLater(now);
            return;
        }
        switch (state) {
            case STOPPED -> {}
            case WAITING -> begin(now);
            case INFORMED -> ask(Dhcpv6State.INFORMING, Exchange.INFORM, null, List.of(), now);
            case BOUND -> renew(now);
            case INFORMING -> send(now);
            case SOLICITING -> {
                if (best != null) {
                    request(best, now);
                } else {
                    send(now);
                }
            }
            case REBINDING -> send(now);
            case RENEWING -> {
                if (now - binding.times().rebinding() >= 0) {
                    renew(now);
                } else {
                    send(now);
                }
            }
            case REQUESTING, CONFIRMING, RELEASING, DECLINING -> {
                if (conversation.isOver(now)) {
                    unanswered(now);
                } else {
                    send(now);
                }
            }
        }
    }

    /** Nobody has answered, nor will. */
    private void unanswered(long now) {
        switch (state) {
            // 18.2.3: without an answer the addresses are as good as they were.
            case CONFIRMING -> rest(now);
            case RELEASING -> state = Dhcpv6State.STOPPED;
            case DECLINING -> afterDecline(now);
            default -> beginLater(now);
        }
    }

    private void request(Dhcpv6Answer offer, long now) {
        ask(Dhcpv6State.REQUESTING, Exchange.REQUEST, offer.server(), offer.values(), now);
    }

    /** Has addresses, and nothing to ask until it is time for that. */
    private void rest(long now) {
        state = Dhcpv6State.BOUND;
        timers.set(timer, binding.times().next(now));
    }

    /** 18.2.4 and 18.2.5. */
    private void renew(long now) {
        Dhcpv6Lease own = binding.lease();
        if (binding.isOver(now)) {
            giveUp(now);
            beginLater(now);
        } else if (now - binding.times().rebinding() >= 0) {
            ask(Dhcpv6State.REBINDING, Exchange.REBIND, null, own.values(), now);
        } else if (now - binding.times().renewal() >= 0) {
            ask(Dhcpv6State.RENEWING, Exchange.RENEW, own.server(), own.values(), now);
        } else {
            rest(now);
        }
    }

    /** What we had until now, or null. */
    private Dhcpv6Lease giveUp(long now) {
        Dhcpv6Lease gone = binding.giveUp(now);
        if (gone != null) {
            events.lost(gone);
        }
        return gone;
    }

    /** Whether a message of that type may be an answer to what was sent. */
    boolean isExpected(int type) {
        boolean isAsked =
                switch (state) {
                    case STOPPED, WAITING, BOUND, INFORMED -> false;
                    default -> conversation.sent() > 0;
                };
        return isAsked
                && (type == Dhcpv6Message.REPLY
                        || type == Dhcpv6Message.ADVERTISE && state == Dhcpv6State.SOLICITING);
    }

    /** Whether an answer to the present message is of use. */
    boolean take(Dhcpv6Answer answer, IpAddress from, long now) {
        boolean isFromServer = conversation.isWith(answer.server());
        return switch (state) {
            case SOLICITING -> offered(answer, from, now);
            case REQUESTING, RENEWING, REBINDING -> isFromServer && replied(answer, from, now);
            case CONFIRMING -> confirmed(answer, now);
            case INFORMING -> informed(answer, now);
            case RELEASING, DECLINING -> {
                if (isFromServer) {
                    timers.cancel(timer);
                    unanswered(now);
                }
                yield isFromServer;
            }
            default -> false;
        };
    }

    /** 18.2.1, 18.2.9 and 18.2.10.1. */
    private boolean offered(Dhcpv6Answer answer, IpAddress from, long now) {
        if (!answer.isFine()) {
            return false;
        }
        if (answer.type() == Dhcpv6Message.REPLY) {
            if (answer.isRapid()) {
                bind(answer, from, now);
            }
            return answer.isRapid();
        }
        if (best == null || answer.preference() > best.preference()) {
            best = answer;
        }
        if (best.preference() == MOST_PREFERRED || conversation.sent() > 1) {
            request(best, now);
        }
        return true;
    }

    /** 18.2.10.1. */
    private boolean replied(Dhcpv6Answer answer, IpAddress from, long now) {
        if (answer.isFine()) {
            bind(answer, from, now);
            return true;
        }
        int status =
                answer.status() == Dhcpv6Message.SUCCESS
                        ? answer.associationStatus()
                        : answer.status();
        boolean isRefused =
                status == Dhcpv6Message.NOT_ON_LINK
                        || status == Dhcpv6Message.NO_ADDRESSES
                        || status == Dhcpv6Message.SUCCESS;
        if (state == Dhcpv6State.REQUESTING && isRefused) {
            beginLater(now);
            return true;
        }
        if (state != Dhcpv6State.REQUESTING && status == Dhcpv6Message.NO_BINDING) {
            ask(
                    Dhcpv6State.REQUESTING,
                    Exchange.REQUEST,
                    answer.server(),
                    conversation.about(),
                    now);
            return true;
        }
        if (state != Dhcpv6State.REQUESTING
                && status == Dhcpv6Message.SUCCESS
                && !answer.addresses().isEmpty()) {
            takenBack(answer.values(), now);
            return true;
        }
        // All else leaves it to the next time.
        return false;
    }

    /** 18.2.10.1: addresses whose valid lifetime is 0. The others are asked for as before. */
    private void takenBack(List<IpAddress> these, long now) {
        if (these.containsAll(binding.lease().values())) {
            giveUp(now);
            beginLater(now);
        } else {
            these.forEach(address -> binding.takeBack(address, now));
        }
    }

    private void bind(Dhcpv6Answer answer, IpAddress from, long now) {
        Dhcpv6Lease fresh = binding.bind(answer, from, events, now);
        rest(now);
        events.leased(fresh);
        tellInformation(answer);
    }

    /** 18.2.10.3: where its addresses are not, or no server knows, it begins anew. */
    private boolean confirmed(Dhcpv6Answer answer, long now) {
        if (answer.status() == Dhcpv6Message.SUCCESS) {
            renew(now);
            return true;
        }
        if (answer.status() == Dhcpv6Message.NOT_ON_LINK) {
            giveUp(now);
            binding.withdrawAll(now);
            begin(now);
            return true;
        }
        return false;
    }

    /** 18.2.10.4. */
    private boolean informed(Dhcpv6Answer answer, long now) {
        if (answer.status() != Dhcpv6Message.SUCCESS) {
            return false;
        }
        state = Dhcpv6State.INFORMED;
        timers.set(timer, now + answer.refreshSeconds() * SECOND);
        tellInformation(answer);
        return true;
    }

    private void tellInformation(Dhcpv6Answer answer) {
        Dhcpv6Information fresh = answer.information();
        if (!fresh.equals(information)) {
            information = fresh;
            events.informed(fresh);
        }
    }

    /** 18.2.8: somebody else has an address. */
    void conflict(IpAddress address, long now) {
        Dhcpv6Lease own = binding.lease();
        if (own == null || !own.has(address.high(), address.low())) {
            return;
        }
        if (own.addresses().size() == 1) {
            giveUp(now);
        } else {
            binding.drop(address);
        }
        ask(Dhcpv6State.DECLINING, Exchange.DECLINE, own.server(), List.of(address), now);
    }

    private void afterDecline(long now) {
        if (binding.lease() == null) {
            beginLater(now);
        } else {
            renew(now);
        }
    }
}
