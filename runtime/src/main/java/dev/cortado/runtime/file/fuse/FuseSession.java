package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.folder.Batch;
import dev.cortado.runtime.file.folder.Found;
import dev.cortado.runtime.file.folder.Handle;
import dev.cortado.runtime.file.folder.OpenHandle;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Session;
import dev.cortado.runtime.file.folder.Transport;
import dev.cortado.runtime.file.folder.Use;
import dev.cortado.runtime.file.fuse.Nodes.Node;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server's files: a handle is a node, counted once for each. */
final class FuseSession implements Session {
    private final Connection connection;
    private final Nodes nodes = new Nodes();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Debt> debts = new ConcurrentLinkedQueue<>();
    private final int most;
    private final Handle root;
    private final long rootNumber;
    private final NameCalls names;
    private final AttributeCalls attributes;
    private final DataCalls data;
    private final ExtendedCalls extended;

    /** What a server has to be told, or it would keep something for ever. */
    @FunctionalInterface
    private interface Debt {
        void pay() throws FileException;
    }

    private FuseSession(Connection connection, int most) throws FileException {
        this.connection = connection;
        this.most = most;
        names = new NameCalls(this, connection, nodes);
        attributes = new AttributeCalls(connection);
        data = new DataCalls(connection, most);
        extended = new ExtendedCalls(connection, most);
        root = new Handle(this, NameCalls.ROOT);
        Attributes folder = attributes.attributes(NameCalls.ROOT);
        if (!folder.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
        rootNumber = folder.inode();
    }

    /**
     * Begins one: nothing was said before on the transport.
     *
     * @throws FileException EPROTONOSUPPORT if the server speaks another language
     */
    static FuseSession begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException {
        Connection connection = new Connection(transport, patience, problems);
        int room = transport.slotBytes() - Request.MOST_BYTES;
        return new FuseSession(connection, Introduction.exchange(connection, room));
    }

    @Override
    public boolean isAlive() {
        return connection.isAlive();
    }

    @Override
    public Handle root() {
        return root;
    }

    @Override
    public long rootNumber() {
        return rootNumber;
    }

    @Override
    public int handles() {
        return 1 + nodes.total() + open.get();
    }

    /** The server's own number of a directory. */
    long inode(Handle directory) {
        return directory == root ? rootNumber : nodes.find(directory.number()).inode();
    }

    /** Which file system a directory is of. */
    Space space(Handle directory) {
        return directory.number() == NameCalls.ROOT
                ? Space.FOLDER
                : nodes.find(directory.number()).space();
    }

    @Override
    public Found walk(Handle from, List<byte[]> way) throws FileException {
        Found at = names.find(from, way.getFirst());
        for (byte[] name : way.subList(1, way.size())) {
            Handle before = at.handle();
            try {
                at = names.find(before, name);
            } finally {
                drop(before);
            }
        }
        return at;
    }

    @Override
    public void drop(Handle handle) {
        nodes.remove(handle.number());
        pay(() -> connection.forget(handle.number()));
    }

    /**
     * The server has named a node once that is not wanted. Who says so may have the only slot, for
     * which other debts would wait.
     */
    void forget(long node) {
        Debt debt = () -> connection.forget(node);
        if (!isPaid(debt)) {
            debts.add(debt);
        }
    }

    /** Where there is no memory for a message, the next one takes it along. */
    private void pay(Debt debt) {
        debts.add(debt);
        for (Debt next = debts.poll(); next != null && isAlive(); next = debts.poll()) {
            if (!isPaid(next)) {
                debts.add(next);
                return;
            }
        }
    }

    private static boolean isPaid(Debt debt) {
        try {
            debt.pay();
        } catch (UnsentException e) {
            return false;
        } catch (FileException e) {
            // Who uses the session next is told, if it is at its end.
            return true;
        }
        return true;
    }

    @Override
    public Found create(Handle in, FileName name, int permissions) throws FileException {
        return names.create(in, name, permissions);
    }

    @Override
    public Found makeDirectory(Handle in, FileName name, int permissions) throws FileException {
        return names.makeDirectory(in, name, permissions);
    }

    @Override
    public Found makeSymbolicLink(Handle in, FileName name, byte[] target) throws FileException {
        return names.makeSymbolicLink(in, name, target);
    }

    @Override
    public byte[] readLink(Handle link) throws FileException {
        return names.readLink(link);
    }

    @Override
    public void link(Handle file, Handle in, FileName name) throws FileException {
        names.link(file, in, name);
    }

    @Override
    public void remove(Handle in, FileName name, boolean isDirectory) throws FileException {
        names.remove(in, name, isDirectory);
    }

    @Override
    public void rename(Handle from, FileName name, Handle to, FileName newName)
            throws FileException {
        names.rename(from, name, to, newName);
    }

    @Override
    public Attributes attributes(Handle file) throws FileException {
        Attributes now = attributes.attributes(file.number());
        Node node = file == root ? null : nodes.find(file.number());
        Space space = node == null ? Space.FOLDER : node.space();
        return AttributeReply.withNumber(now, space.number(now.inode()));
    }

    @Override
    public void change(Handle file, AttributeChange change) throws FileException {
        attributes.change(file.number(), change);
    }

    @Override
    public void truncate(Handle file, long size) throws FileException {
        attributes.truncate(file.number(), size);
    }

    @Override
    public FileSystemStatistics statistics() throws FileException {
        return attributes.statistics(NameCalls.ROOT);
    }

    /** A node is its file's, whatever name that has and whoever has it open. */
    @Override
    public OpenHandle open(Handle file, boolean isDirectory, Use use) throws FileException {
        long opened = data.open(file.number(), isDirectory, use.flags());
        open.incrementAndGet();
        long number = file == root ? rootNumber : nodes.find(file.number()).number();
        return new OpenHandle(file, number, opened, use.flags(), isDirectory, most);
    }

    @Override
    public void close(OpenHandle file) {
        open.decrementAndGet();
        pay(() -> data.close(file.handle().number(), file.isDirectory(), file.opened()));
    }

    @Override
    public int read(OpenHandle file, long position, ByteBuffer to) throws FileException {
        return data.read(file, position, to);
    }

    @Override
    public int write(OpenHandle file, long position, ByteBuffer from) throws FileException {
        return data.write(file, position, from);
    }

    @Override
    public void sync(OpenHandle file, boolean onlyData) throws FileException {
        data.sync(file.handle().number(), file.isDirectory(), file.opened(), onlyData);
    }

    @Override
    public Batch readDirectory(OpenHandle directory, long cookie) throws FileException {
        return data.readDirectory(directory, cookie, space(directory.handle()));
    }

    @Override
    public byte[] extendedAttribute(Handle file, byte[] name) throws FileException {
        return extended.read(file.number(), name);
    }

    @Override
    public byte[] extendedAttributes(Handle file) throws FileException {
        return extended.names(file.number());
    }

    @Override
    public void setExtendedAttribute(Handle file, byte[] name, byte[] value) throws FileException {
        extended.write(file.number(), name, value);
    }
}
