package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An honest server, written from the description of 9P2000.L, over a folder of the test's machine.
 * As QEMU's, it knows a fid by its path, which it corrects when it renames something itself, and an
 * open one by its channel besides. Older ones do not find a file's attributes without its path.
 */
public final class FolderServer {
    private static final LinkOption NO_FOLLOW = LinkOption.NOFOLLOW_LINKS;
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int RLERROR = 7;

    /** What a fid stands for. */
    private static final class State {
        private Path path;
        private FileChannel channel;
        private boolean appends;
        private Listing listing;

        State(Path path) {
            this.path = path;
        }
    }

    private final Path top;
    private final int mostBytes;
    private final boolean isReadOnly;
    private final GoneFiles gone;
    private final Map<Integer, State> fids = new HashMap<>();
    private ByteBuffer in;
    private ByteBuffer out;

    /**
     * @param mostBytes of a message
     * @param gone null for an older one
     */
    public FolderServer(Path top, int mostBytes, boolean isReadOnly, GoneFiles gone) {
        this.gone = gone;
        this.top = top;
        this.mostBytes = mostBytes;
        this.isReadOnly = isReadOnly;
    }

    /** Fids that it has given. */
    synchronized int fids() {
        return fids.size();
    }

    /** Answers a whole message with a whole message. */
    public synchronized byte[] answer(byte[] request) {
        in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        out = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != request.length) {
            throw new AssertionError("size");
        }
        int type = Byte.toUnsignedInt(in.get());
        short tag = in.getShort();
        begin(type + 1, tag);
        try {
            serve(type);
            if (in.hasRemaining()) {
                throw new AssertionError("type " + type + " has " + in.remaining() + " too many");
            }
        } catch (IOException e) {
            begin(RLERROR, tag);
            out.putInt(Failure.errno(e).number());
        }
        out.putInt(0, out.position());
        byte[] reply = new byte[out.position()];
        out.get(0, reply);
        return reply;
    }

    private void begin(int type, short tag) {
        out.clear();
        out.putInt(0).put((byte) type).putShort(tag);
    }

    private void serve(int type) throws IOException {
        switch (type) {
            case 8 -> statfs(fid());
            case 12 -> lopen(fid(), in.getInt());
            case 14 -> lcreate(fid(), name(), in.getInt(), in.getInt(), in.getInt());
            case 16 -> symlink(fid(), name(), text(), in.getInt());
            case 22 -> putText(CLibrary.readSymbolicLink(fid().path));
            case 24 -> getattr(fid(), in.getLong());
            case 26 -> new Attribute(in, out, fid(writable()).path, gone).set();
            case 30 -> xattrwalk(fid(), in.getInt(), text());
            case 40 -> readdir(fid(), in.getLong(), in.getInt());
            case 50 -> fsync(fid(), in.getInt());
            case 70 -> link(fid(writable()), fid(), name());
            case 72 -> mkdir(fid(writable()), name(), in.getInt(), in.getInt());
            case 74 -> renameat(fid(writable()), name(), fid(), name());
            case 76 -> unlinkat(fid(writable()), name(), in.getInt());
            case 100 -> version(in.getInt(), text());
            case 104 -> attach(in.getInt(), in.getInt(), text(), text(), in.getInt());
            case 110 -> walk(fid(), in.getInt());
            case 116 -> read(fid(), in.getLong(), in.getInt());
            case 118 -> write(fid(), in.getLong(), in.getInt());
            case 120 -> clunk(in.getInt());
            default -> throw new Failure(Errno.EOPNOTSUPP);
        }
    }

    private Void writable() throws IOException {
        if (isReadOnly) {
            in.position(in.limit());
            throw new Failure(Errno.EROFS);
        }
        return null;
    }

    private State fid(Void checked) {
        return fid();
    }

    private State fid() {
        int number = in.getInt();
        State state = fids.get(number);
        if (state == null) {
            throw new AssertionError("fid " + number + " is not in use");
        }
        return state;
    }

    private String text() {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String name() {
        String name = text();
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw new AssertionError("name " + name);
        }
        return name;
    }

    private void putText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    private void putQid(Path path) throws IOException {
        Listing.putQid(path, out);
    }

    private void version(int size, String version) {
        fids.clear();
        out.putInt(Math.min(size, mostBytes));
        putText(version.equals("9P2000.L") ? version : "unknown");
    }

    private void attach(int fid, int authentication, String user, String name, int number)
            throws IOException {
        if (authentication != -1 || fids.put(fid, new State(top)) != null) {
            throw new AssertionError("attach");
        }
        putQid(top);
    }

    private void walk(State from, int number) throws IOException {
        int count = in.getShort();
        List<Path> paths = new ArrayList<>();
        Path at = from.path;
        for (int i = 0; i < count; i++) {
            String name = text();
            boolean isTop = at.equals(top);
            at = name.equals("..") ? isTop ? top : at.getParent() : at.resolve(name);
            paths.add(at);
        }
        State there = fids.get(number);
        if (there != null && there != from || from.channel != null) {
            throw new AssertionError("fid " + number + " is in use, or the other one is open");
        }
        int place = out.position();
        out.putShort((short) count);
        for (int i = 0; i < count; i++) {
            try {
                putQid(paths.get(i));
            } catch (IOException e) {
                if (i == 0) {
                    throw e;
                }
                out.putShort(place, (short) i);
                return;
            }
        }
        fids.put(number, new State(at));
    }

    private void clunk(int number) throws IOException {
        State state = fids.remove(number);
        if (state == null) {
            throw new AssertionError("fid " + number + " is given back and was not in use");
        }
        if (state.channel != null) {
            state.channel.close();
        }
        if (gone != null
                && fids.values().stream().noneMatch(each -> each.path.equals(state.path))) {
            gone.drop(state.path);
        }
    }

    /** A name is about to be taken from a file. */
    private void keep(Path path) throws IOException {
        if (gone == null || Files.isDirectory(path, NO_FOLLOW)) {
            return;
        }
        for (State each : fids.values()) {
            if (each.path.equals(path)) {
                each.path = gone.keep(path);
            }
        }
    }

    private void lopen(State fid, int flags) throws IOException {
        if (Files.isDirectory(fid.path, NO_FOLLOW)) {
            fid.listing = new Listing();
        } else {
            fid.channel = open(fid.path, flags);
            fid.appends = (flags & 02000) != 0;
        }
        putQid(fid.path);
        out.putInt(0);
    }

    private FileChannel open(Path path, int flags) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(NO_FOLLOW));
        if ((flags & 3) != 1) {
            options.add(StandardOpenOption.READ);
        }
        if ((flags & 3) != 0) {
            writable();
            options.add(StandardOpenOption.WRITE);
        }
        if ((flags & 0100) != 0) {
            options.add(StandardOpenOption.CREATE_NEW);
        }
        return FileChannel.open(path, options);
    }

    private void lcreate(State fid, String name, int flags, int mode, int group)
            throws IOException {
        writable();
        Path path = fid.path.resolve(name);
        fid.channel = open(path, flags);
        fid.path = path;
        Files.setAttribute(path, "unix:mode", mode);
        putQid(path);
        out.putInt(0);
    }

    private void mkdir(State in, String name, int mode, int group) throws IOException {
        Path path = in.path.resolve(name);
        Files.createDirectory(path);
        Files.setAttribute(path, "unix:mode", mode);
        putQid(path);
    }

    private void symlink(State in, String name, String target, int group) throws IOException {
        writable();
        Path path = in.path.resolve(name);
        Files.createSymbolicLink(path, Path.of("may-it-be-made"));
        Files.delete(path);
        CLibrary.makeSymbolicLink(path, target);
        putQid(path);
    }

    private void link(State in, State file, String name) throws IOException {
        Files.createLink(in.path.resolve(name), file.path);
    }

    private void unlinkat(State in, String name, int flags) throws IOException {
        Path path = in.path.resolve(name);
        boolean isDirectory = Files.isDirectory(path, NO_FOLLOW);
        if (isDirectory != ((flags & REMOVE_DIRECTORY) != 0) && Files.exists(path, NO_FOLLOW)) {
            throw new Failure(isDirectory ? Errno.EISDIR : Errno.ENOTDIR);
        }
        keep(path);
        Files.delete(path);
    }

    private void renameat(State from, String name, State to, String newName) throws IOException {
        Path source = from.path.resolve(name);
        Path target = to.path.resolve(newName);
        boolean isReplaced =
                Files.exists(source, NO_FOLLOW)
                        && Files.exists(target, NO_FOLLOW)
                        && !number(source).equals(number(target));
        if (isReplaced) {
            keep(target);
        }
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        for (State each : fids.values()) {
            if (each.path.startsWith(source)) {
                each.path = target.resolve(source.relativize(each.path));
            }
        }
        for (State each : fids.values()) {
            each.path = each.path.normalize();
        }
    }

    private static Object number(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", NO_FOLLOW);
    }

    private void getattr(State fid, long mask) throws IOException {
        new Attribute(in, out, fid.path, gone).get();
    }

    private void statfs(State fid) {
        out.putInt(0x01021997).putInt(4096).putLong(1000).putLong(500).putLong(400);
        out.putLong(300).putLong(200).putLong(7).putInt(255);
    }

    /** Of the files of the test, none has any. */
    private void xattrwalk(State fid, int number, String name) throws IOException {
        if (!name.isEmpty()) {
            throw new Failure(Errno.ENODATA);
        }
        fids.put(number, new State(fid.path));
        out.putLong(0);
    }

    private void readdir(State fid, long offset, int count) throws IOException {
        fid.listing.put(fid.path, offset, count, out);
    }

    private void fsync(State fid, int onlyData) throws IOException {
        if (fid.channel != null) {
            fid.channel.force(onlyData == 0);
        }
    }

    private void read(State fid, long position, int count) throws IOException {
        if (fid.channel == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        int read = Math.max(fid.channel.read(bytes, position), 0);
        out.putInt(read).put(bytes.array(), 0, read);
    }

    private void write(State fid, long position, int count) throws IOException {
        ByteBuffer bytes = in.slice(in.position(), count);
        in.position(in.position() + count);
        long at = fid.appends ? fid.channel.size() : position;
        out.putInt(fid.channel.write(bytes, at));
    }
}
