package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;

/**
 * An open character device: its attributes are those of the file that was opened, all else is done
 * by what is behind it.
 */
final class DeviceFile extends TreeFile {
    private final OpenFile device;

    /**
     * @param device of this open file only
     */
    DeviceFile(Description description, FileLocks locks, OpenFile device) {
        super(description, locks);
        this.device = device;
        device.addListener(this::readinessChanged);
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            OpenFile other = device.duplicate();
            description().duplicate();
            return new DeviceFile(description(), allLocks(), other);
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        enter();
        try {
            description().requireReading();
            return device.read(to);
        } finally {
            leave();
        }
    }

    @Override
    public int readAt(long position, ByteBuffer to) throws FileException {
        enter();
        try {
            description().requireReading();
            return device.readAt(position, to);
        } finally {
            leave();
        }
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        enter();
        try {
            description().requireWriting();
            return device.write(from);
        } finally {
            leave();
        }
    }

    @Override
    public int writeAt(long position, ByteBuffer from) throws FileException {
        enter();
        try {
            description().requireWriting();
            return device.writeAt(position, from);
        } finally {
            leave();
        }
    }

    @Override
    public long position() throws FileException {
        enter();
        try {
            return device.position();
        } finally {
            leave();
        }
    }

    @Override
    public void seek(long position) throws FileException {
        enter();
        try {
            device.seek(position);
        } finally {
            leave();
        }
    }

    @Override
    public long available() throws FileException {
        enter();
        try {
            description().requireReading();
            return device.available();
        } finally {
            leave();
        }
    }

    @Override
    public void sync(boolean onlyData) throws FileException {
        enter();
        try {
            device.sync(onlyData);
        } finally {
            leave();
        }
    }

    @Override
    public void setBlocking(boolean blocking) throws FileException {
        enter();
        try {
            device.setBlocking(blocking);
        } finally {
            leave();
        }
    }

    @Override
    public int pollState() {
        return isClosed() ? PollState.INVALID : device.pollState();
    }

    /** Who waits in the device leaves it. */
    @Override
    protected void wake() {
        device.close();
        super.wake();
    }

    @Override
    protected void release() {
        device.close();
        super.release();
    }
}
