package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.open.OpenFile;
import java.nio.ByteBuffer;

/**
 * A device that never waits, has no state, and knows no positions: it is always at 0, wherever one
 * seeks, and does the same everywhere (null(4), full(4), random(4)).
 */
abstract class MemoryDevice extends OpenFile {
    private static final int PERMISSIONS = 0666;

    /** What is written is taken, and gone. */
    @Override
    public int write(ByteBuffer from) throws FileException {
        int count = from.remaining();
        from.position(from.limit());
        return count;
    }

    @Override
    public final int readAt(long position, ByteBuffer to) throws FileException {
        requirePosition(position, to);
        return read(to);
    }

    @Override
    public final int writeAt(long position, ByteBuffer from) throws FileException {
        requirePosition(position, from);
        return write(from);
    }

    @Override
    public final long position() {
        return 0;
    }

    @Override
    public final void seek(long position) {}

    private static void requirePosition(long position, ByteBuffer bytes) throws FileException {
        if (position < 0 || position > Long.MAX_VALUE - bytes.remaining()) {
            throw new FileException(Errno.EINVAL);
        }
    }

    /** Nobody can say how many bytes will come; streams are told that there are none. */
    @Override
    public final long available() {
        return 0;
    }

    @Override
    public final Attributes attributes() {
        return Attributes.ofNameless(FileKind.CHARACTER_DEVICE, 1, PERMISSIONS);
    }

    @Override
    protected final void release() {}
}
