package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.zip.CRC32;

/** What goes through the console, and comes in. */
final class ConsoleProbes {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LATE_MILLIS = 1000;
    private static final int LINES_BETWEEN_DEATHS = 1000;
    private static final String DRIVER = "service console ";

    private ConsoleProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "late", arguments -> late(),
                "sum", arguments -> sum(),
                "prompt", arguments -> prompt(),
                "mixed", ConsoleProbes::mixed,
                "channels", arguments -> channels(),
                "closed", arguments -> closed(),
                "huge", ConsoleProbes::huge,
                "collections", ConsoleProbes::collections,
                "fault-when-told", arguments -> faultWhenTold(),
                "console-deaths", ConsoleProbes::deaths);
    }

    /** Reads lines when more has come in than anybody keeps. */
    private static void late() throws InterruptedException {
        Thread.sleep(LATE_MILLIS);
        System.out.println(
                new BufferedReader(new InputStreamReader(System.in)).lines().count() + " lines");
    }

    private static void sum() throws IOException {
        byte[] all = System.in.readAllBytes();
        CRC32 crc = new CRC32();
        crc.update(all);
        System.out.println(all.length + " bytes, CRC-32 " + Long.toHexString(crc.getValue()));
        System.out.println("then " + System.in.read());
    }

    private static void prompt() throws IOException {
        System.out.print("name? ");
        String name = new BufferedReader(new InputStreamReader(System.in)).readLine();
        System.out.println("hello, " + name);
    }

    /** Threads write lines, each in one write, of this many bytes. */
    private static void mixed(String[] arguments) throws InterruptedException {
        int bytes = Integer.parseInt(arguments[0]);
        int lines = Integer.parseInt(arguments[1]);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            FileDescriptor file = i % 2 == 0 ? FileDescriptor.out : FileDescriptor.err;
            byte[] line = (String.valueOf((char) ('a' + i)).repeat(bytes - 1) + "\n").getBytes();
            threads[i] =
                    new Thread(() -> {
                        FileOutputStream stream = new FileOutputStream(file);
                        try {
                            for (int n = 0; n < lines; n++) {
                                stream.write(line);
                            }
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Copies all input to the output, by channels on both and several buffers at once. */
    private static void channels() throws IOException {
        FileChannel in = new FileInputStream(FileDescriptor.in).getChannel();
        FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
        ByteBuffer[] buffers = {ByteBuffer.allocate(3), ByteBuffer.allocate(5000)};
        while (in.read(buffers) >= 0) {
            for (ByteBuffer buffer : buffers) {
                buffer.flip();
            }
            out.write(buffers);
            for (ByteBuffer buffer : buffers) {
                buffer.clear();
            }
        }
        out.write(ByteBuffer.wrap(("size " + in.size() + "\n").getBytes()));
        try {
            in.position();
        } catch (IOException e) {
            out.write(ByteBuffer.wrap((e.getMessage() + "\n").getBytes()));
        }
    }

    /** Writes numbered lines; the thread of the console's driver ends so many times meanwhile. */
    private static void deaths(String[] arguments) {
        int deaths = Integer.parseInt(arguments[0]);
        for (int i = 0; i < deaths * LINES_BETWEEN_DEATHS; i++) {
            System.out.println("line " + i);
            if (i % LINES_BETWEEN_DEATHS == LINES_BETWEEN_DEATHS / 2) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith(DRIVER))
                        .forEach(Thread::interrupt);
            }
        }
    }

    /** Collects garbage so many times, while another thread fills the console's buffers. */
    private static void collections(String[] arguments) {
        byte[] line = ("~".repeat(63) + "\n").getBytes();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (true) {
                        System.out.write(line, 0, line.length);
                    }
                });
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            System.gc();
        }
    }

    /** By the console's driver, which the fault finds at work. */
    private static void faultWhenTold() throws IOException {
        System.out.println("told " + System.in.read());
        FaultProbes.write(0x10);
    }

    /** Two threads read; one's channel is closed, the other goes on. */
    private static void closed() throws IOException, InterruptedException {
        FileChannel in = new FileInputStream(FileDescriptor.in).getChannel();
        Thread other = Thread.ofPlatform().start(ConsoleProbes::letter);
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                in.read(ByteBuffer.allocate(1));
                            } catch (IOException e) {
                                System.out.println(e.getClass().getSimpleName());
                            }
                        });
        Thread.sleep(LATE_MILLIS);
        reader.interrupt();
        reader.join();
        System.out.println("closed");
        other.join();
    }

    private static void letter() {
        try {
            System.out.println("read " + (char) System.in.read());
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    static void huge(String[] arguments) {
        byte[] line = ("0123456789".repeat(6) + "abc\n").getBytes();
        for (int i = 0; i < Integer.parseInt(arguments[0]) * (MEBIBYTE / line.length); i++) {
            System.out.write(line, 0, line.length);
        }
        System.out.flush();
    }
}
