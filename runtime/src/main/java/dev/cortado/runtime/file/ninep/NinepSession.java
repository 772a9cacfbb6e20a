package dev.cortado.runtime.file.ninep;

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
import dev.cortado.runtime.file.ninep.NameCalls.Walked;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** What was agreed on with a server, from its first message on. */
final class NinepSession implements Session {
    static final String VERSION = "9P2000.L";

    private static final int MOST_VERSION_BYTES = 64;

    /** There is no other one for authentication (attach(5), NOFID). */
    private static final int NO_FID = -1;

    /** Files that are made are the server's own user's (9P2000.L, attach, n_uname). */
    private static final int NO_USER = -1;

    private static final byte[] NO_BYTES = {};

    private final Connection connection;
    private final FidNumbers numbers = new FidNumbers();
    private int messageBytes;
    private Handle root;
    private Qid rootQid;

    private NinepSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins one: nothing was said before on the transport.
     *
     * @throws FileException EPROTONOSUPPORT if the server speaks another language; what it says to
     *     one that it does not let in
     */
    static NinepSession begin(Transport transport, Patience patience, Consumer<String> problems)
            throws FileException {
        NinepSession session = new NinepSession(new Connection(transport, patience, problems));
        session.agree(transport.slotBytes() - Request.MOST_BYTES);
        session.attach();
        return session;
    }

    private void agree(int most) throws FileException {
        messageBytes =
                connection.call(
                        MessageType.VERSION,
                        request ->
                                request.number32(most)
                                        .text(VERSION.getBytes(StandardCharsets.US_ASCII)),
                        reply -> {
                            int size = reply.number32();
                            byte[] version = reply.text(MOST_VERSION_BYTES);
                            if (!new String(version, StandardCharsets.US_ASCII).equals(VERSION)) {
                                throw new FileException(Errno.EPROTONOSUPPORT);
                            }
                            if (size < Request.MOST_BYTES || size > most) {
                                throw reply.bad(
                                        "has messages of "
                                                + Integer.toUnsignedString(size)
                                                + " bytes");
                            }
                            return size;
                        });
    }

    private void attach() throws FileException {
        root = new Handle(this, numbers.take());
        rootQid =
                connection.call(
                        MessageType.ATTACH,
                        request ->
                                request.fid(root)
                                        .number32(NO_FID)
                                        .text(NO_BYTES)
                                        .text(NO_BYTES)
                                        .number32(NO_USER),
                        Reply::qid);
        if (!rootQid.isDirectory()) {
            throw new FileException(Errno.ENOTDIR);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public boolean isAlive() {
        return connection.isAlive();
    }

    /** Of the largest message, either way. */
    int messageBytes() {
        return messageBytes;
    }

    @Override
    public Handle root() {
        return root;
    }

    @Override
    public long rootNumber() {
        return rootQid.path();
    }

    @Override
    public int handles() {
        return numbers.count();
    }

    Handle newFid() throws FileException {
        return new Handle(this, numbers.take());
    }

    /** The server has never heard of it. */
    void forget(Handle fid) {
        numbers.giveBack((int) fid.number());
    }

    /**
     * Gives a fid back, whatever the server answers: it is not its any more (clunk(5)).
     *
     * @throws FileException what went wrong, as it does if that ends a change of an attribute
     */
    void clunk(Handle fid) throws FileException {
        try {
            connection.call(MessageType.CLUNK, request -> request.fid(fid), reply -> null);
        } finally {
            numbers.giveBack((int) fid.number());
        }
    }

    /** The same where nobody asks whether it went well. */
    @Override
    public void drop(Handle fid) {
        try {
            if (isAlive()) {
                clunk(fid);
            }
        } catch (FileException e) {
            // Who uses the session next is told, if it is at its end.
        }
    }

    /** Who has called has handles of this session only. */
    static NinepSession of(Handle fid) {
        return (NinepSession) fid.session();
    }

    @Override
    public Found walk(Handle from, List<byte[]> names) throws FileException {
        Walked walked = new Walked(from, null);
        for (int done = 0; done < names.size(); ) {
            int end = Math.min(names.size(), done + Request.MOST_NAMES);
            Handle before = walked.fid();
            try {
                walked = NameCalls.walk(before, names.subList(done, end));
            } finally {
                if (before != from) {
                    drop(before);
                }
            }
            done = end;
        }
        return new Found(walked.fid(), walked.qid().path(), walked.qid().kind(), null);
    }

    /** No fid comes with what is made. */
    private static Found made(Qid qid) {
        return new Found(null, qid.path(), qid.kind(), null);
    }

    @Override
    public Found create(Handle in, FileName name, int permissions) throws FileException {
        Handle clone = NameCalls.clone(in);
        try {
            return made(NameCalls.create(clone, name, permissions));
        } finally {
            drop(clone);
        }
    }

    @Override
    public Found makeDirectory(Handle in, FileName name, int permissions) throws FileException {
        return made(NameCalls.makeDirectory(in, name, permissions));
    }

    @Override
    public Found makeSymbolicLink(Handle in, FileName name, byte[] target) throws FileException {
        return made(NameCalls.makeSymbolicLink(in, name, target));
    }

    @Override
    public byte[] readLink(Handle link) throws FileException {
        return NameCalls.readLink(link);
    }

    @Override
    public void link(Handle file, Handle in, FileName name) throws FileException {
        NameCalls.link(file, in, name);
    }

    @Override
    public void remove(Handle in, FileName name, boolean isDirectory) throws FileException {
        NameCalls.remove(in, name, isDirectory);
    }

    @Override
    public void rename(Handle from, FileName name, Handle to, FileName newName)
            throws FileException {
        NameCalls.rename(from, name, to, newName);
    }

    @Override
    public Attributes attributes(Handle file) throws FileException {
        return AttributeCalls.attributes(file);
    }

    @Override
    public void change(Handle file, AttributeChange change) throws FileException {
        AttributeCalls.change(file, change);
    }

    @Override
    public void truncate(Handle file, long size) throws FileException {
        AttributeCalls.truncate(file, size);
    }

    @Override
    public FileSystemStatistics statistics() throws FileException {
        return AttributeCalls.statistics(root);
    }

    /** An open fid is one of its own, by which a file is known without a name, too. */
    @Override
    public OpenHandle open(Handle file, boolean isDirectory, Use use) throws FileException {
        Handle clone = NameCalls.clone(file);
        boolean done = false;
        try {
            OpenHandle opened = NameCalls.open(clone, use.flags());
            done = true;
            return opened;
        } finally {
            if (!done) {
                drop(clone);
            }
        }
    }

    @Override
    public void close(OpenHandle file) {
        drop(file.handle());
    }

    @Override
    public int read(OpenHandle file, long position, ByteBuffer to) throws FileException {
        return DataCalls.read(file, position, to);
    }

    @Override
    public int write(OpenHandle file, long position, ByteBuffer from) throws FileException {
        return DataCalls.write(file, position, from);
    }

    @Override
    public void sync(OpenHandle file, boolean onlyData) throws FileException {
        DataCalls.sync(file, onlyData);
    }

    @Override
    public Batch readDirectory(OpenHandle directory, long cookie) throws FileException {
        return DataCalls.readDirectory(directory, cookie);
    }

    @Override
    public byte[] extendedAttribute(Handle file, byte[] name) throws FileException {
        return ExtendedCalls.read(file, name);
    }

    @Override
    public byte[] extendedAttributes(Handle file) throws FileException {
        return ExtendedCalls.read(file, NO_BYTES);
    }

    /** A value without bytes would be none: EOPNOTSUPP. */
    @Override
    public void setExtendedAttribute(Handle file, byte[] name, byte[] value) throws FileException {
        if (value != null && value.length == 0) {
            throw new FileException(Errno.EOPNOTSUPP);
        }
        ExtendedCalls.write(NameCalls.clone(file), name, value == null ? NO_BYTES : value);
    }
}
