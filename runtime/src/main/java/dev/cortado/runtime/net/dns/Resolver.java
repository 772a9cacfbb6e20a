package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.udp.UdpLayer;
import dev.cortado.runtime.net.udp.UdpSocket;
import dev.cortado.runtime.net.wire.DnsMessage;
import dev.cortado.runtime.net.wire.DnsName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * A stub resolver. Each question to a server has a random number and a socket of its own with a
 * random port, connected to that server (RFC 5452, 9); the same question is not asked twice at a
 * time, and a socket that gets too many wrong answers is given up.
 */
public final class Resolver {
    /** Most questions at a time. */
    static final int LIMIT = 256;

    /** Wrong answers to one question before it is asked anew. */
    static final int IGNORED = 16;

    /** Questions that aliases lead to. */
    private static final int ALIASES = 8;

    private final UdpLayer udp;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private final DnsCache cache = new DnsCache();
    private final Map<String, DnsQuestion> questions = new HashMap<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final ByteBuffer message = ByteBuffer.allocate(DnsMessage.UDP_BYTES);
    private volatile DnsConfiguration configuration = DnsConfiguration.of(List.of(), List.of());
    private volatile HostsFile hosts = new HostsFile("");

    public Resolver(UdpLayer udp, TimerQueue timers, DropCounters drops, RandomGenerator random) {
        this.udp = udp;
        this.timers = timers;
        this.drops = drops;
        this.random = random;
    }

    /** What was learnt from other servers is forgotten. */
    public void configure(DnsConfiguration newConfiguration) {
        lock.lock();
        try {
            configuration = newConfiguration;
            cache.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Whom it asks. Waits for nothing. */
    public DnsConfiguration configuration() {
        return configuration;
    }

    /** Names that are known without asking from now on, in place of those before. */
    public void setHosts(HostsFile hostsFile) {
        hosts = hostsFile;
    }

    /** The name of an address; null if none is known without asking. */
    public String nameOf(IpAddress address) {
        return hosts.nameOf(address);
    }

    /**
     * Looks for the addresses of a name.
     *
     * @param isIpv4 whether for IPv4's (A) or IPv6's (AAAA)
     * @param listener is told, perhaps before this returns
     */
    public void resolve(String name, boolean isIpv4, DnsListener listener, long now) {
        lock.lock();
        try {
            begin(name, isIpv4, listener, now);
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void begin(String name, boolean isIpv4, DnsListener listener, long now) {
        IpAddress literal = literal(name);
        if (literal != null) {
            List<IpAddress> found = literal.isIpv4() == isIpv4 ? List.of(literal) : List.of();
            answer(listener, of(name, found));
            return;
        }
        String canonical = DnsName.canonical(name);
        if (!DnsName.isFine(canonical)) {
            answer(listener, DnsAnswer.none(DnsStatus.BAD_NAME, name));
            return;
        }
        List<IpAddress> known = hosts.find(canonical, isIpv4);
        if (known != null) {
            answer(listener, of(canonical, known));
            return;
        }
        int type = isIpv4 ? DnsMessage.TYPE_A : DnsMessage.TYPE_AAAA;
        String key = type + " " + canonical + (name.endsWith(".") ? "." : "");
        DnsQuestion question = questions.get(key);
        if (question != null) {
            question.listeners.add(listener);
            return;
        }
        if (questions.size() == LIMIT) {
            answer(listener, DnsAnswer.none(DnsStatus.UNAVAILABLE, canonical));
            return;
        }
        question = new DnsQuestion(this, key, type, candidates(canonical, name.endsWith(".")));
        question.listeners.add(listener);
        questions.put(key, question);
        tryCandidate(question, now);
    }

    private static IpAddress literal(String name) {
        boolean mayBe = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        try {
            return mayBe ? IpAddress.parse(name) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static DnsAnswer of(String name, List<IpAddress> found) {
        return found.isEmpty()
                ? DnsAnswer.none(DnsStatus.NO_DATA, name)
                : new DnsAnswer(DnsStatus.FOUND, name, found);
    }

    /** resolv.conf(5): search and ndots. */
    private List<String> candidates(String name, boolean isAbsolute) {
        List<String> names = new ArrayList<>();
        boolean isFirst =
                name.chars().filter(letter -> letter == '.').count() >= configuration.dots();
        if (isAbsolute || isFirst) {
            names.add(name);
        }
        if (!isAbsolute) {
            for (String domain : configuration.search()) {
                String full = name + "." + DnsName.canonical(domain);
                if (DnsName.isFine(full)) {
                    names.add(full);
                }
            }
        }
        if (!isAbsolute && !isFirst) {
            names.add(name);
        }
        return names;
    }

    private void tryCandidate(DnsQuestion question, long now) {
        while (question.candidate < question.candidates.size()) {
            String name = question.candidates.get(question.candidate);
            DnsAnswer known = cache.get(name, question.type, now);
            if (known == null) {
                question.name = name;
                question.tries = 0;
                question.aliases = 0;
                ask(question, now);
                return;
            }
            if (known.status() == DnsStatus.FOUND) {
                finish(question, known, now);
                return;
            }
            worse(question, known.status());
            question.candidate++;
        }
        finish(question, DnsAnswer.none(question.worst, question.candidates.getFirst()), now);
    }

    /** A name without such addresses is more than none, a failure more than that. */
    private static void worse(DnsQuestion question, DnsStatus status) {
        if (question.worst == DnsStatus.NO_SUCH_NAME) {
            question.worst = status;
        }
    }

    /** Asks the next server, or says that there is none left. */
    private void ask(DnsQuestion question, long now) {
        List<IpAddress> servers = configuration.servers();
        while (question.tries < servers.size() * configuration.rounds()) {
            IpAddress server = servers.get(question.tries % servers.size());
            question.tries++;
            if (send(question, server, now)) {
                timers.set(question, now + configuration.timeout());
                return;
            }
        }
        closeSocket(question, now);
        DnsStatus why =
                servers.isEmpty()
                        ? DnsStatus.UNAVAILABLE
                        : question.hasAnswered ? DnsStatus.FAILED : DnsStatus.TIMEOUT;
        finish(question, DnsAnswer.none(why, question.name), now);
    }

    private boolean send(DnsQuestion question, IpAddress server, long now) {
        closeSocket(question, now);
        UdpSocket socket = udp.open();
        if (socket.connect(server, DnsMessage.PORT) != SendResult.SENT) {
            return false;
        }
        question.socket = socket;
        question.identifier = random.nextInt(0x10000);
        question.ignored = 0;
        socket.setListener((from, at) -> received(question, from, at));
        int length =
                DnsMessage.writeQuery(
                        message,
                        0,
                        question.identifier,
                        question.name,
                        question.type,
                        question.hasExtension);
        // One that does not get out for want of room is as one that was lost.
        SendResult result = socket.send(message.slice(0, length), null, 0, now);
        return result == SendResult.SENT || result == SendResult.FULL;
    }

    private static void closeSocket(DnsQuestion question, long now) {
        UdpSocket socket = question.socket;
        question.socket = null;
        if (socket != null) {
            socket.close(now);
        }
    }

    void expired(DnsQuestion question, long now) {
        lock.lock();
        try {
            if (!question.isSet() && questions.get(question.key) == question) {
                ask(question, now);
            }
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void received(DnsQuestion question, UdpSocket socket, long now) {
        lock.lock();
        try {
            // Of a socket that was given up nothing counts; closing one tells us, too.
            while (question.socket == socket && takeOne(question, socket, now)) {}
        } finally {
            lock.unlock();
        }
        tell();
    }

    private boolean takeOne(DnsQuestion question, UdpSocket socket, long now) {
        PacketBuffer packet = socket.receive();
        if (packet == null) {
            if (socket.takeError() != null) {
                // Nobody is there: the next one.
                ask(question, now);
            }
            return false;
        }
        message.clear();
        int length = packet.copyOut(0, message);
        boolean isTooLong = packet.totalLength() > length;
        message.clear();
        packet.release();
        int end =
                isTooLong || !DnsMessage.check(message, 0, length)
                        ? -1
                        : DnsMessage.question(message, 0, length, question.name, question.type);
        if (end < 0 || DnsMessage.identifier(message, 0) != question.identifier) {
            drops.count(end < 0 ? DropReason.DNS_MALFORMED : DropReason.DNS_IGNORED);
            question.ignored++;
            if (question.ignored > IGNORED) {
                ask(question, now);
            }
        } else {
            answered(question, length, end, now);
        }
        return true;
    }

    private void answered(DnsQuestion question, int length, int end, long now) {
        question.hasAnswered = true;
        int code = DnsMessage.responseCode(message, 0);
        boolean isOld = code == DnsMessage.FORMAT_ERROR || code == DnsMessage.NOT_IMPLEMENTED;
        if (isOld && question.hasExtension) {
            // RFC 6891, 7: a server that knows no extensions; it is asked again without.
            question.hasExtension = false;
            question.tries = Math.max(0, question.tries - 1);
            ask(question, now);
            return;
        }
        DnsReply reply =
                code == DnsMessage.NO_ERROR || code == DnsMessage.NAME_ERROR
                        ? DnsReply.read(message, length, end, question.name, question.type)
                        : null;
        boolean isCut =
                DnsMessage.isTruncated(message, 0) && reply != null && reply.addresses().isEmpty();
        if (reply == null || isCut) {
            drops.count(DropReason.DNS_IGNORED);
            ask(question, now);
            return;
        }
        if (!reply.addresses().isEmpty()) {
            DnsAnswer found = new DnsAnswer(DnsStatus.FOUND, reply.name(), reply.addresses());
            remember(question, found, reply.seconds(), now);
            closeSocket(question, now);
            finish(question, found, now);
        } else if (code == DnsMessage.NO_ERROR && !reply.name().equals(question.name)) {
            follow(question, reply.name(), now);
        } else {
            none(question, code, reply.seconds(), now);
        }
    }

    /** Under the name that was asked for at first, and under what an alias led to. */
    private void remember(DnsQuestion question, DnsAnswer answer, long seconds, long now) {
        cache.put(question.name, question.type, answer, seconds, now);
    }

    private void follow(DnsQuestion question, String alias, long now) {
        if (++question.aliases > ALIASES) {
            closeSocket(question, now);
            finish(question, DnsAnswer.none(DnsStatus.FAILED, question.name), now);
            return;
        }
        question.name = alias;
        question.tries = 0;
        ask(question, now);
    }

    private void none(DnsQuestion question, int code, long seconds, long now) {
        DnsStatus status =
                code == DnsMessage.NAME_ERROR ? DnsStatus.NO_SUCH_NAME : DnsStatus.NO_DATA;
        remember(question, DnsAnswer.none(status, question.name), seconds, now);
        closeSocket(question, now);
        worse(question, status);
        question.candidate++;
        tryCandidate(question, now);
    }

    private void finish(DnsQuestion question, DnsAnswer answer, long now) {
        closeSocket(question, now);
        timers.cancel(question);
        questions.remove(question.key);
        for (DnsListener listener : question.listeners) {
            answer(listener, answer);
        }
    }

    private void answer(DnsListener listener, DnsAnswer answer) {
        answers.add(() -> listener.answered(answer));
    }

    /** Tells those who asked, without the lock. */
    private void tell() {
        List<Runnable> told;
        lock.lock();
        try {
            if (answers.isEmpty() || lock.getHoldCount() > 1) {
                return;
            }
            told = List.copyOf(answers);
            answers.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(Runnable::run);
    }
}
