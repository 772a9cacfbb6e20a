package dev.cortado.runtime.share;

import dev.cortado.drivers.register.Registers;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Registers of an emulated device, by the lines of QEMU's protocol for tests (softmmu/qtest.c). */
public final class RegistersByProtocol implements Registers {
    private static final int BYTES = 512;

    private final BufferedWriter out;
    private final BufferedReader in;
    private final long base;

    /**
     * @param machine speaks the protocol on its standard input and output
     * @param base the first register's physical address
     */
    public RegistersByProtocol(Process machine, long base) {
        out = machine.outputWriter();
        in = machine.inputReader();
        this.base = base;
    }

    private synchronized String command(String words) {
        try {
            out.write(words + "\n");
            out.flush();
            String answer = in.readLine();
            if (answer == null || !answer.startsWith("OK")) {
                throw new IllegalStateException(words + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read(String width, long offset) {
        return (int)
                Long.decode(command("read" + width + address(offset)).split(" ")[1]).longValue();
    }

    private void write(String width, long offset, int value) {
        command("write" + width + address(offset) + " 0x" + Integer.toHexString(value));
    }

    private String address(long offset) {
        return " 0x" + Long.toHexString(base + offset);
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public int read8(long offset) {
        return read("b", Registers.check(this, offset, 1));
    }

    @Override
    public int read16(long offset) {
        return read("w", Registers.check(this, offset, 2));
    }

    @Override
    public int read32(long offset) {
        return read("l", Registers.check(this, offset, 4));
    }

    @Override
    public void write8(long offset, int value) {
        write("b", Registers.check(this, offset, 1), value & 0xff);
    }

    @Override
    public void write16(long offset, int value) {
        write("w", Registers.check(this, offset, 2), value & 0xffff);
    }

    @Override
    public void write32(long offset, int value) {
        write("l", Registers.check(this, offset, 4), value);
    }
}
