package dev.cortado.system.guest.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Reads and writes files at random, many of them while they have no name any more. */
final class RandomContents {
    private static final int MAXIMUM_OPEN = 12;
    private static final int FAR = 300_000;
    private static final int NEAR = 20_000;

    private final RandomPaths paths;
    private final Random random;
    private final List<FileChannel> open = new ArrayList<>();

    RandomContents(RandomPaths paths, Random random) {
        this.paths = paths;
        this.random = random;
    }

    private Path path(StringBuilder text) {
        Path path = paths.next();
        text.append(' ').append(path);
        return path;
    }

    private long position() {
        return random.nextInt(random.nextInt(4) == 0 ? FAR : NEAR);
    }

    /** Some bytes, mostly a few. */
    private ByteBuffer bytes() {
        int limit = random.nextInt(6) == 0 ? NEAR : 600;
        ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(limit));
        random.nextBytes(bytes.array());
        return bytes;
    }

    /**
     * @param text to which is added what is done
     */
    Object call(StringBuilder text) throws IOException {
        if (open.isEmpty() || random.nextInt(12) == 0) {
            return open(text);
        }
        return switch (random.nextInt(16)) {
            case 0 -> close(text);
            case 1 -> Files.readString(path(text.append("readString"))).length();
            case 2 -> write(text);
            case 3 -> length(text);
            case 4 -> TreeText.sum(path(text.append("sum")));
            default -> use(text);
        };
    }

    private Object open(StringBuilder text) throws IOException {
        if (open.size() == MAXIMUM_OPEN) {
            open.remove(random.nextInt(MAXIMUM_OPEN)).close();
        }
        Set<OpenOption> options =
                switch (random.nextInt(5)) {
                    case 0 -> Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE);
                    case 1 ->
                            Set.of(
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.TRUNCATE_EXISTING);
                    case 2 -> Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                    default ->
                            Set.of(
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.CREATE);
                };
        FileChannel channel = FileChannel.open(path(text.append("open")), options);
        open.add(channel);
        return channel.size();
    }

    private Object close(StringBuilder text) throws IOException {
        text.append("close");
        FileChannel channel = open.remove(random.nextInt(open.size()));
        long size = channel.size();
        channel.close();
        return size;
    }

    private Object write(StringBuilder text) throws IOException {
        Path path = path(text.append("write"));
        return Files.write(path, bytes().array());
    }

    private Object length(StringBuilder text) throws IOException {
        long length = position();
        Path path = path(text.append("length ").append(length));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(length / 2);
            file.setLength(length);
            return file.read() + " " + file.getFilePointer();
        }
    }

    private Object use(StringBuilder text) throws IOException {
        int number = random.nextInt(open.size());
        FileChannel channel = open.get(number);
        long position = position();
        int what = random.nextInt(10);
        text.append("open file ").append(number).append(' ').append(what);
        text.append(" at ").append(position);
        return switch (what) {
            case 0, 1, 2 -> channel.write(bytes(), position) + " " + channel.size();
            case 3 -> channel.write(bytes()) + " " + channel.position();
            case 4 -> channel.truncate(position).size() + " " + channel.position();
            case 5 -> channel.position(position).position();
            case 6 -> {
                channel.force(random.nextBoolean());
                yield "forced";
            }
            case 7 -> transfer(channel, position);
            default -> RandomCalls.sum(channel, position, random.nextInt(2 * NEAR));
        };
    }

    /** To a file that is no other: within one, Java does not say what comes of it. */
    private long transfer(FileChannel from, long position) throws IOException {
        try (FileChannel to =
                FileChannel.open(
                        paths.apart(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return from.transferTo(position, NEAR, to.position(position()));
        }
    }

    void closeAll() throws IOException {
        for (FileChannel channel : open) {
            channel.close();
        }
        open.clear();
    }
}
