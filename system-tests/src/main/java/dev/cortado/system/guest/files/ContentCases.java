package dev.cortado.system.guest.files;

import java.io.File;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What is done to an open file at a position, or with a size. */
final class ContentCases {
    /** Positions at which something may go wrong. */
    static final List<Long> POSITIONS =
            List.of(
                    Long.MIN_VALUE,
                    -1L,
                    0L,
                    3L,
                    7L,
                    8L,
                    4095L,
                    4096L,
                    (1L << 31) - 1,
                    1L << 31,
                    1L << 32,
                    (1L << 44) - 4097,
                    (1L << 44) - 4096,
                    1L << 44,
                    Long.MAX_VALUE - 4096,
                    Long.MAX_VALUE - 1,
                    Long.MAX_VALUE);

    private final Path file;

    ContentCases(Path file) {
        this.file = file;
    }

    @FunctionalInterface
    private interface ChannelUse {
        Object of(FileChannel channel, long position) throws Exception;
    }

    @FunctionalInterface
    private interface FileUse {
        Object of(RandomAccessFile file, long position) throws Exception;
    }

    List<Operation<Long>> all() {
        List<Operation<Long>> all = new ArrayList<>();
        for (StandardOpenOption mode :
                List.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            addChannel(all, mode);
        }
        addFile(all, "r");
        addFile(all, "rw");
        return all;
    }

    private void add(
            List<Operation<Long>> all, StandardOpenOption mode, String name, ChannelUse use) {
        all.add(
                Operation.of(
                        "FileChannel-" + mode + "." + name,
                        position -> {
                            try (FileChannel channel = FileChannel.open(file, mode)) {
                                return use.of(channel, position);
                            }
                        }));
    }

    private void addChannel(List<Operation<Long>> all, StandardOpenOption mode) {
        add(
                all,
                mode,
                "position",
                (channel, position) -> {
                    channel.position(position);
                    return channel.position();
                });
        add(
                all,
                mode,
                "position-read",
                (channel, position) -> channel.position(position).read(ByteBuffer.allocate(4)));
        add(
                all,
                mode,
                "position-write",
                (channel, position) ->
                        channel.position(position).write(ByteBuffer.wrap(new byte[] {'x', 'y'})));
        add(
                all,
                mode,
                "read",
                (channel, position) -> channel.read(ByteBuffer.allocate(4), position));
        add(
                all,
                mode,
                "read-nothing",
                (channel, position) -> channel.read(ByteBuffer.allocate(0), position));
        add(
                all,
                mode,
                "write",
                (channel, position) ->
                        channel.write(ByteBuffer.wrap(new byte[] {'x', 'y'}), position)
                                + " "
                                + channel.position());
        add(
                all,
                mode,
                "write-nothing",
                (channel, position) -> channel.write(ByteBuffer.allocate(0), position));
        add(
                all,
                mode,
                "truncate",
                (channel, position) ->
                        channel.truncate(position).size() + " " + channel.position());
        add(
                all,
                mode,
                "lock",
                (channel, position) -> {
                    try (FileLock lock =
                            channel.lock(position, 1, mode == StandardOpenOption.READ)) {
                        return lock.isShared() + " " + lock.position();
                    }
                });
        add(
                all,
                mode,
                "tryLock-to-end",
                (channel, position) -> {
                    try (FileLock lock =
                            channel.tryLock(0, position, mode == StandardOpenOption.READ)) {
                        return lock.size();
                    }
                });
        add(
                all,
                mode,
                "transferTo",
                (channel, position) -> {
                    try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        return channel.transferTo(position, 3, to) + " " + to.position();
                    }
                });
        add(
                all,
                mode,
                "transferFrom",
                (channel, position) -> {
                    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
                        return channel.transferFrom(from, position, 3) + " " + from.position();
                    }
                });
    }

    private void add(List<Operation<Long>> all, String mode, String name, FileUse use) {
        all.add(
                Operation.of(
                        "RandomAccessFile-" + mode + "." + name,
                        position -> {
                            try (RandomAccessFile open =
                                    new RandomAccessFile(new File(file.toString()), mode)) {
                                return use.of(open, position);
                            }
                        }));
    }

    private void addFile(List<Operation<Long>> all, String mode) {
        add(
                all,
                mode,
                "seek",
                (open, position) -> {
                    open.seek(position);
                    return open.getFilePointer() + " " + open.read();
                });
        add(
                all,
                mode,
                "seek-write",
                (open, position) -> {
                    open.seek(position);
                    open.write(new byte[] {'x', 'y'});
                    return open.length();
                });
        add(
                all,
                mode,
                "setLength",
                (open, position) -> {
                    open.seek(5);
                    open.setLength(position);
                    return open.length() + " " + open.getFilePointer();
                });
        add(
                all,
                mode,
                "skipBytes",
                (open, position) ->
                        open.skipBytes((int) (long) position) + " " + open.getFilePointer());
    }
}
