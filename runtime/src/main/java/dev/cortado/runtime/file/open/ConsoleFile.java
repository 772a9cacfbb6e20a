package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import java.nio.ByteBuffer;

/** The console: its input, its output, or both, as the first three numbers stand for. */
public final class ConsoleFile extends OpenFile {
    private static final int PERMISSIONS = 0620;

    private final ConsoleInput console;
    private final boolean reads;
    private final boolean writes;

    private ConsoleFile(ConsoleInput console, boolean reads, boolean writes) {
        this.console = console;
        this.reads = reads;
        this.writes = writes;
    }

    /** The port's input; {@link #duplicate} and {@link #output} give more files on it. */
    public static ConsoleFile input(ConsolePort port) {
        return new ConsoleFile(new ConsoleInput(port), true, false);
    }

    /** A file to write to the same console. */
    public ConsoleFile output() {
        return new ConsoleFile(console, false, true);
    }

    /** A file to read from the same console, and to write to it. */
    public ConsoleFile inputAndOutput() {
        return new ConsoleFile(console, true, true);
    }

    @Override
    public Attributes attributes() throws FileException {
        enter();
        try {
            return Attributes.ofNameless(FileKind.CHARACTER_DEVICE, 1, PERMISSIONS);
        } finally {
            leave();
        }
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            return new ConsoleFile(console, reads, writes);
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        enter();
        try {
            require(reads);
            long wakes = console.wakes();
            requireOpen(); // who closes it from now on is counted
            return to.hasRemaining() ? console.read(to, wakes) : 0;
        } catch (FileException e) {
            requireOpen(); // it is this file's end that it was woken for
            throw e;
        } finally {
            leave();
        }
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        enter();
        try {
            require(writes);
            return console.write(from);
        } finally {
            leave();
        }
    }

    @Override
    public long available() throws FileException {
        enter();
        try {
            require(reads);
            return console.available();
        } finally {
            leave();
        }
    }

    private static void require(boolean mode) throws FileException {
        if (!mode) {
            throw new FileException(Errno.EBADF);
        }
    }

    @Override
    public void setBlocking(boolean blocking) throws FileException {
        enter();
        try {
            console.setBlocking(blocking);
        } finally {
            leave();
        }
    }

    @Override
    public int pollState() {
        if (isClosed()) {
            return PollState.INVALID;
        }
        return (writes ? PollState.WRITABLE : 0)
                | (reads && console.isReadable() ? PollState.READABLE : 0);
    }

    /** Who reads in another file of the console is woken as well, and waits on. */
    @Override
    protected void wake() {
        if (reads) {
            console.wake();
        }
    }

    @Override
    protected void release() {}
}
