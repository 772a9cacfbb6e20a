package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.Dhcpv6Message;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A message that is sent until it is answered, and what is an answer to it (RFC 8415, 15 and 16).
 * Its client's, under its lock.
 */
final class Conversation {
    private static final int TRANSACTION_MASK = 0xff_ffff;

    private final Dhcpv6Sender sender;
    private final RandomGenerator random;
    private final Duid client;
    private final int association;
    private final Retransmission retransmission;
    private int transaction;
    private Duid server;
    private List<IpAddress> about = List.of();

    /** What servers have said of how often to ask (21.24 and 21.25); 0 if nothing. */
    private int solicitMaximum;

    private int informationMaximum;

    Conversation(Dhcpv6Sender sender, RandomGenerator random, Duid client, int association) {
        this.sender = sender;
        this.random = random;
        this.client = client;
        this.association = association;
        retransmission = new Retransmission(random);
    }

    /**
     * Another message is to be sent.
     *
     * @param with the server that it is for; null for all
     * @param addresses those that it is about
     */
    void begin(Exchange exchange, Duid with, List<IpAddress> addresses, long now) {
        transaction = random.nextInt() & TRANSACTION_MASK;
        server = with;
        about = addresses;
        int maximum =
                switch (exchange) {
                    case SOLICIT -> solicitMaximum;
                    case INFORM -> informationMaximum;
                    default -> 0;
                };
        retransmission.begin(exchange, maximum, now);
    }

    /** Sends it; says when to send it again. */
    long send(long now) {
        int elapsed = retransmission.elapsed(now);
        long next = retransmission.send(now);
        sender.send(retransmission.exchange(), transaction, elapsed, server, about, now);
        return next;
    }

    /** How often it was sent. */
    int sent() {
        return retransmission.sent();
    }

    /** Whether it is not sent again. */
    boolean isOver(long now) {
        return retransmission.isOver(now);
    }

    List<IpAddress> about() {
        return about;
    }

    /** Whether it is for a server, or for all. */
    boolean isWith(Duid other) {
        return server == null || server.equals(other);
    }

    /**
     * Reads an answer, and learns from it how often to ask: from an advertisement without addresses
     * too (18.2.9).
     *
     * @param packet a message that was checked
     * @return null if it is none to the present message
     */
    Dhcpv6Answer read(PacketBuffer packet) {
        int at = packet.start();
        if (Dhcpv6Message.transaction(packet.bytes(), at) != transaction) {
            return null;
        }
        Dhcpv6Answer answer =
                Dhcpv6Answer.read(packet.bytes(), at, packet.length(), client, association);
        if (answer != null && answer.solicitMaximum() != 0) {
            solicitMaximum = answer.solicitMaximum();
            if (retransmission.exchange() == Exchange.SOLICIT) {
                retransmission.setMaximum(solicitMaximum);
            }
        }
        if (answer != null && answer.informationMaximum() != 0) {
            informationMaximum = answer.informationMaximum();
        }
        return answer;
    }
}
