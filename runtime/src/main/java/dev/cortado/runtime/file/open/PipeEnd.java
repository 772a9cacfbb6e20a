package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import java.nio.ByteBuffer;

/** An open end of a {@link Pipe}. */
final class PipeEnd extends OpenFile {
    private static final int PERMISSIONS = 0600;

    private final Pipe pipe;
    private final boolean isReader;

    PipeEnd(Pipe pipe, boolean isReader) {
        this.pipe = pipe;
        this.isReader = isReader;
    }

    @Override
    public Attributes attributes() throws FileException {
        enter();
        try {
            return Attributes.ofNameless(FileKind.PIPE, pipe.number(), PERMISSIONS);
        } finally {
            leave();
        }
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            return pipe.open(isReader);
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        enter();
        try {
            if (!isReader) {
                throw new FileException(Errno.EBADF);
            }
            return pipe.read(to, this);
        } finally {
            leave();
        }
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        enter();
        try {
            if (isReader) {
                throw new FileException(Errno.EBADF);
            }
            return pipe.write(from, this);
        } finally {
            leave();
        }
    }

    @Override
    public long available() throws FileException {
        enter();
        try {
            return pipe.count();
        } finally {
            leave();
        }
    }

    @Override
    public void setBlocking(boolean blocking) throws FileException {
        enter();
        try {
            pipe.setBlocking(isReader, blocking);
        } finally {
            leave();
        }
    }

    @Override
    public int pollState() {
        return isClosed() ? PollState.INVALID : pipe.pollState(isReader);
    }

    /** Tells who listens at this end. */
    void changed() {
        readinessChanged();
    }

    /** Each time before it waits. */
    void checkOpen() throws FileException {
        requireOpen();
    }

    @Override
    protected void wake() {
        pipe.wake();
    }

    @Override
    protected void release() {
        pipe.release(this, isReader);
    }
}
