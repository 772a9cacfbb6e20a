package dev.cortado.runtime.jdk;

import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.substrate.ConsoleStream;
import dev.cortado.runtime.file.open.ConsolePort;
import java.nio.ByteBuffer;

/**
 * The kernel's console under its numbers in the table of open files, and in {@code /dev}. The
 * streams that programs begin with go past this, straight to the kernel ({@link OpenFiles}).
 */
final class GuestConsole implements ConsolePort {
    private static final int BUFFER_BYTES = 1024;

    @Override
    public int read(ByteBuffer to, long wakes) {
        byte[] bytes = new byte[Math.min(to.remaining(), BUFFER_BYTES)];
        long before = wakes == NOT_WAITING ? Keyboard.NOT_WAITING : wakes;
        int count = ConsoleStream.readUnlessInterrupted(bytes, 0, bytes.length, before);
        to.put(bytes, 0, Math.max(count, 0));
        return count == Keyboard.INTERRUPTED ? WOKEN : count;
    }

    @Override
    public boolean isReadable() {
        return Keyboard.isReadable();
    }

    @Override
    public int available() {
        return Keyboard.available();
    }

    @Override
    public void write(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        ConsoleStream.write(bytes, 0, bytes.length);
    }

    @Override
    public long wakes() {
        return Keyboard.interruptions();
    }

    @Override
    public void wake() {
        Keyboard.interruptReaders();
    }
}
