package dev.cortado.image.format.bytes;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file as it is. */
public final class FileSource implements ByteSource {
    private final String name;
    private final FileChannel channel;
    private final long size;

    private FileSource(String name, FileChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    /**
     * @throws UserError if it is not there, or cannot be read
     */
    public static FileSource open(Path file) {
        if (!Files.exists(file)) {
            throw new UserError("there is no file " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + " is not a file: name one");
        }
        try {
            return of(file.toString(), FileChannel.open(file));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * What is behind a channel, which is closed with this.
     *
     * @param name what errors call it
     */
    static FileSource of(String name, FileChannel channel) throws IOException {
        return new FileSource(name, channel, channel.size());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer into) {
        requireInside(position, into.remaining(), "what is read");
        long at = position;
        try {
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new UserError(name + " became shorter while it was read");
                }
                at += count;
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static UserError unreadable(String name, IOException cause) {
        return new UserError("cannot read %s (%s)".formatted(name, cause), cause);
    }
}
