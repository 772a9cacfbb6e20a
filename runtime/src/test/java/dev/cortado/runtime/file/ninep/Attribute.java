package dev.cortado.runtime.file.ninep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * A server's getattr and setattr.
 *
 * @param in behind the request's fid
 * @param gone null for a server that has none
 */
record Attribute(ByteBuffer in, ByteBuffer out, Path path, GoneFiles gone) {
    private static final LinkOption NO_FOLLOW = LinkOption.NOFOLLOW_LINKS;

    void get() throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:*", NO_FOLLOW);
        int mode = (int) all.get("mode");
        int kind = mode & 0170000;
        out.putLong(0x7ff);
        out.put((byte) (kind == 0040000 ? 0x80 : kind == 0120000 ? 2 : 0));
        out.putInt(0).putLong((long) all.get("ino"));
        out.putInt(mode).putInt((int) all.get("uid")).putInt((int) all.get("gid"));
        int names = gone == null ? 0 : gone.names((long) all.get("ino"));
        out.putLong((int) all.get("nlink") - names).putLong(0);
        out.putLong((long) all.get("size")).putLong(4096);
        out.putLong(((long) all.get("size") + 511) / 512);
        putTime((FileTime) all.get("lastAccessTime"));
        putTime((FileTime) all.get("lastModifiedTime"));
        putTime((FileTime) all.get("ctime"));
        out.putLong(0).putLong(0).putLong(0).putLong(0);
    }

    private void putTime(FileTime time) {
        out.putLong(time.toInstant().getEpochSecond()).putLong(time.toInstant().getNano());
    }

    void set() throws IOException {
        int valid = in.getInt();
        int mode = in.getInt();
        int owner = in.getInt();
        int group = in.getInt();
        long size = in.getLong();
        long[] times = {in.getLong(), in.getLong(), in.getLong(), in.getLong()};
        Files.readAttributes(path, "unix:mode", NO_FOLLOW);
        if ((valid & 1) != 0) {
            Files.setAttribute(path, "unix:mode", mode);
        }
        if ((valid & 2) != 0) {
            Files.setAttribute(path, "unix:uid", owner, NO_FOLLOW);
        }
        if ((valid & 4) != 0) {
            Files.setAttribute(path, "unix:gid", group, NO_FOLLOW);
        }
        if ((valid & 0x30) != 0) {
            keep(times, 0, (valid & 0x10) != 0, (valid & 0x80) != 0);
            keep(times, 2, (valid & 0x20) != 0, (valid & 0x100) != 0);
            CLibrary.setTimes(path, times);
        }
        if ((valid & 8) != 0) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                resize(channel, size);
            }
        }
    }

    private static void resize(FileChannel channel, long size) throws IOException {
        if (size <= channel.size()) {
            channel.truncate(size);
        } else {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** UTIME_OMIT or UTIME_NOW (utimensat(2)) in the place of nanoseconds. */
    private static void keep(long[] times, int at, boolean isWanted, boolean isGiven) {
        if (!isWanted) {
            times[at + 1] = (1 << 30) - 2;
        } else if (!isGiven) {
            times[at + 1] = (1 << 30) - 1;
        }
    }
}
