package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A disk that is a sparse file of the host, for tools to look at; it notes what is written. */
public final class FileStorage implements Storage, AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long bytes;
    private final int sectorBytes;
    private final List<Long> written = new ArrayList<>();

    private FileStorage(Path file, FileChannel channel, long bytes, int sectorBytes) {
        this.file = file;
        this.channel = channel;
        this.bytes = bytes;
        this.sectorBytes = sectorBytes;
    }

    /** A new file, or the same one made longer or shorter. */
    public static FileStorage of(Path file, long bytes) throws IOException {
        return of(file, bytes, 512);
    }

    public static FileStorage of(Path file, long bytes, int sectorBytes) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.size() < bytes) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        } else {
            channel.truncate(bytes);
        }
        return new FileStorage(file, channel, bytes, sectorBytes);
    }

    public Path file() {
        return file;
    }

    /** Where each write began. */
    public List<Long> written() {
        return written;
    }

    @Override
    public String name() {
        return file.getFileName().toString();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int sectorBytes() {
        return sectorBytes;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public boolean canDiscard() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        check(position, to.remaining());
        try {
            long at = position;
            while (to.hasRemaining()) {
                at += channel.read(to, at);
            }
        } catch (IOException e) {
            throw new FileException(Errno.EIO, e.toString());
        }
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        check(position, from.remaining());
        written.add(position);
        try {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            throw new FileException(Errno.EIO, e.toString());
        }
    }

    private void check(long position, int length) throws FileException {
        if (position < 0
                || position > bytes - length
                || position % sectorBytes != 0
                || length % sectorBytes != 0) {
            throw new FileException(Errno.EINVAL, position + " and " + length + " bytes");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void discard(long position, long length) {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
