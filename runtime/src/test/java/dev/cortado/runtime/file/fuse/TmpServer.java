package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An honest server of a file system in memory, as exact as Linux's and virtiofsd: what is asked for
 * wrongly is an AssertionError. Numbers of nodes are given again as soon as they are free, with
 * another generation. The layouts are written down here once more, from fuse.h.
 */
final class TmpServer {
    private static final int REPLY_BYTES = 1 << 17;
    private static final int HEADER_OUT = 16;
    private static final int MAX_WRITE = 1 << 20;
    private static final long SECOND = 1_000_000_000L;

    private static final class Node {
        private final Inode inode;
        private final long generation;
        private long count;

        Node(Inode inode, long generation) {
            this.inode = inode;
            this.generation = generation;
        }
    }

    private final FileSystem files;
    private final Map<Long, Node> nodes = new HashMap<>();
    private final Set<Long> open = new HashSet<>();
    private long generations;
    private long opened;
    private boolean isBegun;
    private int requests;

    TmpServer(FileSystem files) {
        this.files = files;
    }

    /** How often it has named nodes that it was not told to forget, files that are open, and 1. */
    synchronized int given() {
        return 1 + open.size() + (int) nodes.values().stream().mapToLong(each -> each.count).sum();
    }

    synchronized int requests() {
        return requests;
    }

    /** The reply to a message; no bytes if it has none. */
    synchronized byte[] answer(byte[] message) {
        requests++;
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        check(message.length >= 40 && in.getInt() == message.length, "length");
        int opcode = in.getInt();
        long unique = in.getLong();
        long node = in.getLong();
        in.position(40);
        check(unique != 0 && (unique & 1) == 0, "unique");
        ByteBuffer out = ByteBuffer.allocate(REPLY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.position(HEADER_OUT);
        int error = 0;
        if (opcode == 2) {
            forget(node, in.getLong());
            return new byte[0];
        }
        try {
            if (isBegun == (opcode == 26)) {
                throw new FileException(Errno.EIO); // as virtiofsd does
            }
            answer(opcode, node, in, out);
            check(!in.hasRemaining(), in.remaining() + " bytes too many");
        } catch (FileException e) {
            error = -e.errno().number();
            out.position(HEADER_OUT);
        }
        out.putInt(0, out.position()).putInt(4, error).putLong(8, unique);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    private void answer(int opcode, long node, ByteBuffer in, ByteBuffer out) throws FileException {
        switch (opcode) {
            case 26 -> begin(in, out);
            case 38 -> end();
            case 1 -> entry(out, find(inode(node), text(in)));
            case 3 -> {
                in.getLong();
                in.getLong();
                attributesOut(out, inode(node));
            }
            case 4 -> change(inode(node), in, out);
            case 5 -> out.put(files.readLink(inode(node)));
            case 6 -> {
                FileName name = name(in);
                entry(out, files.makeSymbolicLink(inode(node), name, text(in)));
            }
            case 8 -> {
                int mode = in.getInt();
                check(
                        (mode & 0170000) == 0100000 && in.getLong() == 0 && in.getInt() == 0,
                        "mknod");
                entry(out, files.create(inode(node), name(in), mode & 07777));
            }
            case 9 -> {
                int mode = in.getInt();
                check(in.getInt() == 0, "umask");
                entry(out, files.makeDirectory(inode(node), name(in), mode));
            }
            case 10 -> files.unlink(inode(node), name(in));
            case 11 -> files.removeDirectory(inode(node), name(in));
            case 12 -> {
                Inode to = inode(in.getLong());
                files.rename(inode(node), name(in), to, name(in));
            }
            case 13 -> {
                Inode file = inode(in.getLong());
                files.link(file, inode(node), name(in));
                entry(out, file);
            }
            case 14, 27 -> {
                check(inode(node).isDirectory() == (opcode == 27), "open");
                in.getLong();
                open.add(++opened);
                out.putLong(opened).putLong(0);
            }
            case 18, 29 -> {
                check(open.remove(in.getLong()), "release");
                in.getLong();
                in.getLong();
            }
            case 15 -> read(inode(node), in, out);
            case 16 -> write(inode(node), in, out);
            case 17 -> statistics(out);
            case 20, 30 -> {
                check(open.contains(in.getLong()), "fsync");
                in.getLong();
            }
            case 21 -> setExtended(inode(node), in);
            case 22 -> {
                in.getLong();
                out.put(files.extendedAttribute(inode(node), text(in)));
            }
            case 23 -> {
                in.getLong();
                for (byte[] each : files.extendedAttributes(inode(node))) {
                    out.put(each).put((byte) 0);
                }
            }
            case 24 -> files.setExtendedAttribute(inode(node), text(in), null);
            case 28 -> list(inode(node), in, out);
            default -> throw new AssertionError("operation " + opcode);
        }
    }

    private void begin(ByteBuffer in, ByteBuffer out) {
        check(in.getInt() == 7 && in.getInt() >= 31, "version");
        in.getLong();
        isBegun = true;
        out.putInt(7).putInt(36).putInt(0).putInt(0).putInt(0).putInt(MAX_WRITE).putInt(1);
        out.putInt(0).putInt(0).put(new byte[28]);
    }

    private void end() {
        isBegun = false;
        nodes.values().forEach(each -> files.release(each.inode));
        nodes.clear();
        open.clear();
    }

    private Inode inode(long node) {
        if (node == 1) {
            return files.root();
        }
        Node known = nodes.get(node);
        check(known != null, "node " + node);
        return known.inode;
    }

    private void forget(long node, long count) {
        Node known = nodes.get(node);
        check(known != null && known.count >= count, "node " + node + " is forgotten too often");
        known.count -= count;
        if (known.count == 0) {
            files.release(known.inode);
            nodes.remove(node);
        }
    }

    private static byte[] text(ByteBuffer in) {
        int end = in.position();
        while (in.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - in.position()];
        in.get(text).get();
        return text;
    }

    private static FileName name(ByteBuffer in) throws FileException {
        byte[] text = text(in);
        return FileName.of(text, 0, text.length);
    }

    private Inode find(Inode directory, byte[] name) throws FileException {
        return Arrays.equals(name, "..".getBytes())
                ? files.parent(directory)
                : files.lookup(directory, FileName.of(name, 0, name.length));
    }

    /** Of its node, or the lowest that is free. */
    private long id(Inode inode) {
        for (Map.Entry<Long, Node> each : nodes.entrySet()) {
            if (each.getValue().inode.equals(inode)) {
                return each.getKey();
            }
        }
        long free = 2;
        while (nodes.containsKey(free)) {
            free++;
        }
        return free;
    }

    private void entry(ByteBuffer out, Inode inode) throws FileException {
        long id = id(inode);
        Attributes attributes = files.attributes(inode);
        Node node = nodes.get(id);
        if (node == null) {
            files.retain(inode);
            node = new Node(inode, ++generations);
            nodes.put(id, node);
        }
        node.count++;
        out.putLong(id).putLong(node.generation).putLong(7).putLong(7).putInt(1).putInt(1);
        attributes(out, attributes);
    }

    private static void attributes(ByteBuffer out, Attributes of) {
        out.putLong(of.inode()).putLong(of.size()).putLong(of.blocks());
        for (long time : new long[] {of.accessed(), of.modified(), of.changed()}) {
            out.putLong(Math.floorDiv(time, SECOND));
        }
        for (long time : new long[] {of.accessed(), of.modified(), of.changed()}) {
            out.putInt((int) Math.floorMod(time, SECOND));
        }
        out.putInt(of.mode()).putInt(of.links()).putInt(of.owner()).putInt(of.group());
        out.putInt(0).putInt(4096).putInt(0);
    }

    private void attributesOut(ByteBuffer out, Inode inode) throws FileException {
        out.putLong(7).putLong(1);
        attributes(out, files.attributes(inode));
    }

    private void change(Inode inode, ByteBuffer in, ByteBuffer out) throws FileException {
        int valid = in.getInt();
        in.getInt();
        in.getLong();
        long size = in.getLong();
        in.getLong();
        long[] times = {in.getLong(), in.getLong(), in.getLong()};
        for (int i = 0; i < times.length; i++) {
            times[i] = times[i] * SECOND + in.getInt();
        }
        int mode = in.getInt();
        in.getInt();
        int owner = in.getInt();
        int group = in.getInt();
        in.getInt();
        if ((valid & 8) != 0) {
            files.truncate(inode, size);
        }
        int keep = AttributeChange.KEEP;
        if ((valid & ~8) != 0) {
            files.setAttributes(
                    inode,
                    new AttributeChange(
                            (valid & 1) != 0 ? mode : keep,
                            (valid & 2) != 0 ? owner : keep,
                            (valid & 4) != 0 ? group : keep,
                            time(valid, 16, 128, times[0]),
                            time(valid, 32, 256, times[1])));
        }
        attributesOut(out, inode);
    }

    private static long time(int valid, int to, int now, long time) {
        if ((valid & to) == 0) {
            return AttributeChange.KEEP_TIME;
        }
        return (valid & now) != 0 ? AttributeChange.NOW : time;
    }

    /** Where, and how many bytes. */
    private long position(ByteBuffer in) {
        check(open.contains(in.getLong()), "it is not open");
        return in.getLong();
    }

    private void read(Inode inode, ByteBuffer in, ByteBuffer out) throws FileException {
        long position = position(in);
        int size = in.getInt();
        in.position(in.position() + 20);
        files.read(inode, position, out.limit(out.position() + size));
    }

    private void write(Inode inode, ByteBuffer in, ByteBuffer out) throws FileException {
        long position = position(in);
        int size = in.getInt();
        in.position(in.position() + 20);
        check(in.remaining() == size, "size");
        out.putInt(files.write(inode, position, in)).putInt(0);
        in.position(in.limit());
    }

    private void statistics(ByteBuffer out) throws FileException {
        FileSystemStatistics of = files.statistics();
        out.putLong(of.blocks()).putLong(of.freeBlocks()).putLong(of.freeBlocks());
        out.putLong(of.files()).putLong(of.freeFiles());
        out.putInt(of.blockBytes()).putInt(of.nameBytes()).putInt(of.blockBytes());
        out.put(new byte[28]);
    }

    private void setExtended(Inode inode, ByteBuffer in) throws FileException {
        int size = in.getInt();
        in.getInt();
        byte[] name = text(in);
        byte[] value = new byte[size];
        in.get(value);
        files.setExtendedAttribute(inode, name, value);
    }

    private void list(Inode inode, ByteBuffer in, ByteBuffer out) throws FileException {
        long cookie = position(in);
        int end = out.position() + in.getInt();
        in.position(in.position() + 20);
        DirectoryEntry next = files.nextEntry(inode, cookie);
        while (next != null && out.position() + 24 + (next.name().length() + 7 & -8) <= end) {
            byte[] name = next.name().bytes();
            out.putLong(next.inode()).putLong(next.cookie()).putInt(name.length);
            out.putInt(next.kind().modeBits() >> 12).put(name);
            out.put(new byte[-name.length & 7]);
            next = files.nextEntry(inode, next.cookie());
        }
    }
}
