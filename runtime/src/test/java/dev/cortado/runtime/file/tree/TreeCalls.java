package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.OpenFileTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cortado's. */
final class TreeCalls implements FileCalls {
    private final FileTree tree;
    private final OpenFileTable table;

    TreeCalls(FileTree tree, OpenFileTable table) {
        this.tree = tree;
        this.table = table;
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws FileException;
    }

    @FunctionalInterface
    private interface VoidCall {
        void run() throws FileException;
    }

    private static long number(Call<? extends Number> call) {
        try {
            return call.run().longValue();
        } catch (FileException e) {
            return -e.errno().number();
        }
    }

    private static long nothing(VoidCall call) {
        return number(() -> {
            call.run();
            return 0;
        });
    }

    private static <T> Result<T> result(Call<T> call) {
        try {
            return Result.of(call.run());
        } catch (FileException e) {
            return Result.failed(-e.errno().number());
        }
    }

    /** The first bytes of an array as text. */
    static String bytes(byte[] bytes, int count) {
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    private static Stat stat(Attributes found) {
        long size = found.isDirectory() ? 0 : found.size();
        return new Stat(
                found.mode(), found.links(), found.owner(), found.group(), size, found.modified());
    }

    @Override
    public long open(int base, byte[] path, int flags, int permissions) {
        return number(() -> {
            OpenFile start = base < 0 ? null : table.get(base);
            return table.add(tree.open(start, path, flags, permissions));
        });
    }

    @Override
    public long close(int descriptor) {
        return nothing(() -> table.close(descriptor));
    }

    @Override
    public long dup(int descriptor) {
        return number(() -> table.duplicate(descriptor));
    }

    @Override
    public Result<String> read(int descriptor, int count) {
        return result(() -> {
            byte[] bytes = new byte[count];
            int read = table.get(descriptor).read(ByteBuffer.wrap(bytes));
            return bytes(bytes, Math.max(read, 0));
        });
    }

    @Override
    public Result<String> pread(int descriptor, int count, long position) {
        return result(() -> {
            byte[] bytes = new byte[count];
            int read = table.get(descriptor).readAt(position, ByteBuffer.wrap(bytes));
            return bytes(bytes, Math.max(read, 0));
        });
    }

    @Override
    public long write(int descriptor, byte[] bytes) {
        return number(() -> table.get(descriptor).write(ByteBuffer.wrap(bytes)));
    }

    @Override
    public long pwrite(int descriptor, byte[] bytes, long position) {
        return number(() -> table.get(descriptor).writeAt(position, ByteBuffer.wrap(bytes)));
    }

    @Override
    public long seek(int descriptor, long position) {
        return number(() -> {
            table.get(descriptor).seek(position);
            return position;
        });
    }

    @Override
    public long position(int descriptor) {
        return number(() -> table.get(descriptor).position());
    }

    @Override
    public long ftruncate(int descriptor, long size) {
        return nothing(() -> table.get(descriptor).truncate(size));
    }

    @Override
    public long truncate(byte[] path, long size) {
        return nothing(() -> tree.truncate(null, path, size));
    }

    @Override
    public long mkdir(byte[] path, int permissions) {
        return nothing(() -> tree.makeDirectory(null, path, permissions));
    }

    @Override
    public long rmdir(byte[] path) {
        return nothing(() -> tree.removeDirectory(null, path));
    }

    @Override
    public long unlink(byte[] path) {
        return nothing(() -> tree.unlink(null, path));
    }

    @Override
    public long link(byte[] path, byte[] newPath) {
        return nothing(() -> tree.link(null, path, null, newPath));
    }

    @Override
    public long symlink(byte[] target, byte[] path) {
        return nothing(() -> tree.makeSymbolicLink(target, null, path));
    }

    @Override
    public Result<String> readlink(byte[] path) {
        return result(() -> {
            byte[] target = tree.readLink(null, path);
            return bytes(target, target.length);
        });
    }

    @Override
    public long rename(byte[] path, byte[] newPath) {
        return nothing(() -> tree.rename(null, path, null, newPath));
    }

    @Override
    public Result<Stat> stat(byte[] path, boolean follows) {
        return result(() -> stat(tree.attributes(null, path, follows)));
    }

    @Override
    public Result<Stat> fstat(int descriptor) {
        return result(() -> stat(table.get(descriptor).attributes()));
    }

    @Override
    public long chmod(byte[] path, int permissions) {
        return nothing(() ->
                tree.setAttributes(null, path, true, AttributeChange.ofPermissions(permissions)));
    }

    @Override
    public long chown(byte[] path, boolean follows, int owner, int group) {
        return nothing(() ->
                tree.setAttributes(null, path, follows, AttributeChange.ofOwner(owner, group)));
    }

    @Override
    public long utime(byte[] path, boolean follows, long modified) {
        return nothing(() ->
                tree.setAttributes(
                        null,
                        path,
                        follows,
                        AttributeChange.ofTimes(AttributeChange.KEEP_TIME, modified)));
    }

    @Override
    public long access(byte[] path, int wanted) {
        return nothing(() -> tree.access(null, path, wanted));
    }

    @Override
    public Result<List<String>> list(int descriptor) {
        return result(() -> {
            List<String> names = new ArrayList<>();
            OpenFile file = table.get(descriptor);
            file.rewind();
            DirectoryEntry entry = file.nextEntry();
            while (entry != null) {
                names.add(entry.name().toString());
                entry = file.nextEntry();
            }
            Collections.sort(names);
            return names;
        });
    }

    @Override
    public Result<String> realpath(byte[] path) {
        return result(() -> {
            byte[] real = tree.realPath(path);
            return bytes(real, real.length);
        });
    }
}
