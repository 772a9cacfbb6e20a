package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.ring.CorruptRingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A xenstored for tests, as docs/misc/xenstore.txt describes it; a thread a domain. */
public final class FakeXenstored implements AutoCloseable {
    private final Map<Integer, FakeDomain> domains = new TreeMap<>();
    private final Map<Integer, Thread> threads = new HashMap<>();
    private FakeTree tree = new FakeTree();
    private int lastTransaction = 0x7ffffff0;

    /** Answers instead of us: null to let us do it, an empty message for no reply at all. */
    volatile BiFunction<FakeDomain, WireMessage, WireMessage> instead = (domain, message) -> null;

    /** Nobody may write this node; null for none. */
    public volatile String refused;

    static final WireMessage SILENCE = new WireMessage(null, 0, 0, new byte[0]);

    /** A new domain with a directory of its own. */
    synchronized FakeDomain add(int id) {
        FakeDomain domain = new FakeDomain(id);
        tree.make(domain.home(), "n" + id);
        domains.put(id, domain);
        serve(domain);
        return domain;
    }

    /** A connection of a new domain. */
    public XenStore connect(int id) {
        FakeDomain domain = add(id);
        return XenStore.connect(domain.page, domain.guestPort);
    }

    void serve(FakeDomain domain) {
        Thread thread = new Thread(() -> run(domain), "fake xenstored for " + domain.id);
        thread.setDaemon(true);
        Thread old = threads.put(domain.id, thread);
        if (old != null) {
            old.interrupt();
        }
        thread.start();
    }

    private void run(FakeDomain domain) {
        try {
            while (true) {
                boolean moved;
                synchronized (this) {
                    long before = domain.requests.bytes();
                    WireMessage request = domain.requests.next();
                    moved = domain.requests.bytes() != before;
                    if (request != null) {
                        answer(domain, request);
                    }
                    moved |= domain.write();
                }
                if (moved) {
                    domain.port.send();
                } else {
                    domain.port.await(Long.MAX_VALUE);
                }
            }
        } catch (InterruptedException | CorruptRingException e) {
            // Nobody serves this domain any more.
        }
    }

    /** The domain is gone, with all that was its. */
    public synchronized void destroy(int id) {
        FakeDomain domain = domains.remove(id);
        threads.remove(id).interrupt();
        try {
            for (String removed : tree.remove(domain.home())) {
                fire(removed, true);
            }
        } catch (FakeTree.Failure e) {
            throw new AssertionError(e);
        }
        fire("@releaseDomain", false);
    }

    /** What the tools in domain 0 do. */
    public synchronized void write(String path, String value) {
        tree.write(path, value.getBytes(StandardCharsets.UTF_8), "n0");
        fire(path, false);
    }

    public synchronized void remove(String path) {
        try {
            for (String removed : tree.remove(path)) {
                fire(removed, true);
            }
        } catch (FakeTree.Failure e) {
            throw new AssertionError(e);
        }
    }

    public synchronized String read(String path) {
        FakeTree.Node node = tree.nodes.get(path);
        return node == null ? null : new String(node.value(), StandardCharsets.UTF_8);
    }

    /** Lets all watches go off that match. */
    synchronized void fire(String path, boolean removed) {
        for (FakeDomain domain : domains.values()) {
            boolean any = false;
            for (FakeDomain.Watching watch : domain.watches) {
                String watched = domain.absolute(watch.path());
                if (path.equals(watched)
                        || path.startsWith(watched.equals("/") ? "/" : watched + "/")) {
                    String home = watch.path().startsWith("/") ? "" : domain.home() + "/";
                    event(
                            domain,
                            path.startsWith("@") ? path : path.substring(home.length()),
                            watch.token());
                    any = true;
                }
            }
            if (any) {
                flush(domain);
            }
        }
    }

    static void event(FakeDomain domain, String path, String token) {
        domain.send(new WireMessage(MessageType.WATCH_EVENT, 0, 0, StorePath.payload(path, token)));
    }

    /** Lets the domain's thread write what waits for it. */
    void flush(FakeDomain domain) {
        domain.guestPort.send();
    }

    private void answer(FakeDomain domain, WireMessage request) {
        WireMessage reply = instead.apply(domain, request);
        if (reply == SILENCE) {
            return;
        }
        if (reply != null) {
            domain.send(reply);
            return;
        }
        MessageType type = request.type();
        byte[] payload;
        List<String> changes = new ArrayList<>();
        try {
            payload = perform(domain, request, changes);
        } catch (FakeTree.Failure e) {
            type = MessageType.ERROR;
            payload = StorePath.payload(e.getMessage());
        }
        domain.send(new WireMessage(type, request.requestId(), request.transactionId(), payload));
        if (type == MessageType.WATCH) {
            List<byte[]> texts = request.texts();
            event(domain, text(texts.get(0)), text(texts.get(1)));
        }
        changes.forEach(change -> fire(change, false));
    }

    private byte[] perform(FakeDomain domain, WireMessage request, List<String> changes)
            throws FakeTree.Failure {
        FakeDomain.Open open = null;
        if (request.transactionId() != 0) {
            open = domain.transactions.get(request.transactionId());
            if (open == null) {
                throw new FakeTree.Failure("ENOENT");
            }
        }
        FakeTree in = open == null ? tree : open.tree();
        List<String> changed = open == null ? changes : open.changes();
        byte[] payload = request.payload();
        List<byte[]> texts = request.texts();
        String first = first(payload);
        String path = domain.absolute(first);
        switch (request.type()) {
            case READ:
                return in.get(path).value();
            case DIRECTORY:
                byte[] names = list(in.children(path));
                if (names.length > WireMessage.MAXIMUM_PAYLOAD) {
                    throw new FakeTree.Failure("E2BIG");
                }
                return names;
            case DIRECTORY_PART:
                return part(in, path, Integer.parseInt(text(texts.get(1))));
            case WRITE:
                if (path.equals(refused)) {
                    throw new FakeTree.Failure("EACCES");
                }
                int start = first.length() + 1;
                byte[] value = Arrays.copyOfRange(payload, start, payload.length);
                in.write(path, value, "n" + domain.id);
                changed.add(path);
                break;
            case MKDIR:
                in.make(path, "n" + domain.id);
                changed.add(path);
                break;
            case RM:
                changed.addAll(in.remove(path));
                break;
            case GET_PERMS:
                return StorePath.payload(in.get(path).permissions().split(" "));
            case SET_PERMS:
                List<String> permissions = texts.stream().map(FakeXenstored::text).toList();
                in.setPermissions(
                        path, String.join(" ", permissions.subList(1, permissions.size())));
                changed.add(path);
                break;
            case WATCH:
                FakeDomain.Watching watch = new FakeDomain.Watching(first, text(texts.get(1)));
                if (domain.watches.contains(watch)) {
                    throw new FakeTree.Failure("EEXIST");
                }
                domain.watches.add(watch);
                break;
            case UNWATCH:
                if (!domain.watches.remove(new FakeDomain.Watching(first, text(texts.get(1))))) {
                    throw new FakeTree.Failure("ENOENT");
                }
                break;
            case TRANSACTION_START:
                int id = ++lastTransaction;
                domain.transactions.put(
                        id,
                        new FakeDomain.Open(
                                new FakeTree(tree), tree.generation, new ArrayList<>()));
                return StorePath.payload(Integer.toUnsignedString(id));
            case TRANSACTION_END:
                domain.transactions.remove(request.transactionId());
                if (first.equals("T")) {
                    if (tree.generation != open.began()) {
                        throw new FakeTree.Failure("EAGAIN");
                    }
                    tree = open.tree();
                    changes.addAll(open.changes());
                }
                break;
            default:
                throw new FakeTree.Failure("ENOSYS");
        }
        return StorePath.payload("OK");
    }

    private static byte[] list(List<String> names) {
        return StorePath.payload(names.toArray(new String[0]));
    }

    /** As much as goes into a message, from whole name to whole name. */
    private static byte[] part(FakeTree in, String path, int offset) throws FakeTree.Failure {
        byte[] generation = StorePath.payload(Long.toString(in.get(path).generation()));
        byte[] names = list(in.children(path));
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.writeBytes(generation);
        int end = Math.min(names.length, offset + 4096 - generation.length - 1);
        if (offset < names.length) {
            while (names[end - 1] != 0) {
                end--;
            }
            reply.write(names, offset, end - offset);
        }
        if (end >= names.length) {
            reply.write(0);
        }
        return reply.toByteArray();
    }

    private static String first(byte[] payload) {
        int end = 0;
        while (end < payload.length && payload[end] != 0) {
            end++;
        }
        return new String(payload, 0, end, StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        threads.values().forEach(Thread::interrupt);
    }
}
