package dev.cortado.system.guest;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.zip.CRC32;

/** What goes through the console, and comes in. */
final class ConsoleProbes {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LATE_MILLIS = 1000;

    private ConsoleProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "late", arguments -> late(),
                "sum", arguments -> sum(),
                "prompt", arguments -> prompt(),
                "mixed", ConsoleProbes::mixed,
                "huge", ConsoleProbes::huge);
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

    private static void huge(String[] arguments) {
        byte[] line = ("0123456789".repeat(6) + "abc\n").getBytes();
        for (int i = 0; i < Integer.parseInt(arguments[0]) * (MEBIBYTE / line.length); i++) {
            System.out.write(line, 0, line.length);
        }
        System.out.flush();
    }
}
