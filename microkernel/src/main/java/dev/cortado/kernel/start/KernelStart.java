package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.machine.Requests;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.memory.MemorySetup;
import dev.cortado.kernel.thread.KernelThread;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.thread.ThreadTimer;
import dev.cortado.kernel.time.Timer;
import java.nio.charset.StandardCharsets;

/** From the boot code to the first thread. */
public final class KernelStart {
    /** What the Java runtime needs at the least besides the image: its first heap chunks. */
    static final long MINIMUM_FREE_BYTES = 6 << 20;

    /** For page tables, and what is remembered of each frame. */
    private static final long ROOM_FOR_TABLES = 256 << 10;

    private static final byte[] NO_MEMORY_MAP =
            ascii("cortado: the loader's start information is missing or broken\n");
    private static final byte[] TOO_LITTLE_MEMORY =
            ascii("cortado: this machine has too little memory for this image: it needs at least ");
    private static final byte[] MEBIBYTES = ascii(" MiB\n");

    private static final byte[] COMPLAINT = ascii("cortado: ");
    private static final byte[] LONG_COMMAND_LINE =
            ascii(
                    "the command line is too long: it may have 4095 bytes, and with a module 1 MiB\n");
    private static final byte[] UNKNOWN_WORD =
            ascii(
                    " is nothing that the kernel knows: cortado.console=framed or =terminal,"
                            + " cortado.monitor=on or =off, and -- before the program's words\n");

    /** What a JVM returns that cannot be created. */
    private static final int USAGE_CODE = 1;

    private static final MemoryOptions OPTIONS = new MemoryOptions();

    private KernelStart() {}

    /** Bytes of a message, made while the image is built. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Brings the machine up and runs threads for ever.
     *
     * @param protocol one of {@link dev.cortado.boot.layout.BootProtocol}
     * @param information physical address of what the protocol hands over
     * @param main address of the function that the first thread runs
     */
    @Uninterruptible(reason = BootInformation.REASON)
    public static void run(long protocol, long information, long main) {
        Console.initialize();
        if (!BootInformation.read(protocol, information)) {
            stop(NO_MEMORY_MAP);
        }
        ProcessorStart.prepare();
        if (!MemorySetup.run(
                        BootInformation.memory(),
                        BootInformation.reserved(),
                        BootInformation.reservedCount())
                || Memory.freeBytes() < MINIMUM_FREE_BYTES) {
            stopForMemory();
        }
        if (!Interrupts.controller().initialize() || !initializeProcessor()) {
            stopForMemory();
        }
        Timer.initialize(ThreadTimer.HANDLER);
        ProcessorStart.startAll();
        Machine.openDevice(); // first: what is wrong with the command line ends the machine
        readCommandLine();
        KernelThread first =
                KernelThreads.start(main, 0, OPTIONS.stackBytes(), Scheduler.NORMAL_LEVEL);
        if (!Requests.initialize() || !Console.enableInterrupts() || first.isNull()) {
            stopForMemory();
        }
        Machine.enableDevice();
        Scheduler.idle();
    }

    /** Ends the machine if something in it makes no sense. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static void readCommandLine() {
        if (!CommandLine.load()) {
            stopForMemory();
        }
        if (CommandLine.isCut()) {
            complain(LONG_COMMAND_LINE);
        }
        if (CommandLine.unknownWord() != 0) {
            complain(CommandLine.unknownWord(), UNKNOWN_WORD);
        }
        long word = CommandLine.first();
        for (int i = 0; i < CommandLine.words(); i++) {
            OPTIONS.read(CommandLine.memory(), word);
            word = CommandLine.next(word);
        }
        OPTIONS.compare(Memory.totalBytes());
        if (OPTIONS.isWrong()) {
            complain(OPTIONS.wrongWord(), OPTIONS.complaint());
        }
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void complain(long word, byte[] complaint) {
        Console.write(COMPLAINT);
        for (long at = word; CommandLine.memory().readByte(at) != 0; at++) {
            Console.write(CommandLine.memory().readByte(at));
        }
        Console.write(complaint);
        Machine.exit(USAGE_CODE);
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void complain(byte[] complaint) {
        Console.write(COMPLAINT);
        Console.write(complaint);
        Machine.exit(USAGE_CODE);
    }

    /** The CPU that runs this is the first of the machine's. False: no memory. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static boolean initializeProcessor() {
        Processor processor = ProcessorStart.createFirst();
        if (processor.isNull()) {
            return false;
        }
        Scheduler.initialize();
        long stack = ImageLayout.bootStackBegin;
        if (!Scheduler.initializeProcessor(processor, stack, ImageLayout.bootStackEnd - stack)) {
            return false;
        }
        processor.setOnline(1);
        Processors.lastIsOnline();
        return true;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void stopForMemory() {
        Console.write(TOO_LITTLE_MEMORY);
        writeDecimal(leastMemory(BootInformation.memory()) + (1 << 20) - 1 >> 20);
        stop(MEBIBYTES);
    }

    /** Bytes: as much more than this machine has as is missing, if it holds the image. */
    @Uninterruptible(reason = BootInformation.REASON)
    private static long leastMemory(MemoryMap map) {
        long end = map.count() == 0 ? 0 : map.end(map.count() - 1);
        return end < ImageLayout.physicalEnd
                ? ImageLayout.physicalEnd + MINIMUM_FREE_BYTES + ROOM_FOR_TABLES
                : end + MINIMUM_FREE_BYTES + ROOM_FOR_TABLES - Memory.freeBytes();
    }

    @Uninterruptible(reason = BootInformation.REASON)
    static void writeDecimal(long value) {
        if (value >= 10) {
            writeDecimal(value / 10);
        }
        Console.write((byte) ('0' + value % 10));
    }

    @Uninterruptible(reason = BootInformation.REASON)
    static void say(byte[] message) {
        Console.write(message);
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private static void stop(byte[] message) {
        say(message);
        Machine.panic();
    }
}
