package dev.cortado.system.guest;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** What must not be done. Each ends the guest with a panic. */
final class FaultProbes {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** Where in an object to write: the compiler must not know, or it would look for a field. */
    private static volatile long offset;

    private static volatile int sink;
    private static volatile boolean spinning;

    private FaultProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "read", arguments -> read(Long.decode(arguments[0])),
                "write", arguments -> write(Long.decode(arguments[0])),
                "write-behind-output", FaultProbes::writeBehindOutput,
                "write-constant", arguments -> writeConstant(),
                "jump", arguments -> jump(Long.decode(arguments[0])),
                "execute-heap", arguments -> executeHeap(),
                "overrun-stack", arguments -> overrunStack(0),
                "fault-beside-threads", arguments -> faultBesideThreads(),
                "fault-in-interrupt", arguments -> interruptItself(),
                "fault-with-broken-heap", arguments -> faultWithBrokenHeap());
    }

    private static void read(long address) {
        System.out.println("reading " + Long.toHexString(address));
        System.out.println("read " + UNSAFE.getByte(address));
    }

    private static void writeBehindOutput(String[] arguments) {
        ConsoleProbes.huge(arguments);
        write(0x10);
    }

    static void write(long address) {
        System.out.println("writing " + Long.toHexString(address));
        UNSAFE.putByte(address, (byte) 1);
        System.out.println("written");
    }

    /** A string of the program's text never changes: its object is among the constants. */
    private static void writeConstant() {
        System.out.println("writing a constant");
        offset = Long.BYTES;
        UNSAFE.putByte("constant", offset, (byte) 1);
        System.out.println("written");
    }

    /** A function of machine code. */
    interface Function extends CFunctionPointer {
        @InvokeCFunctionPointer
        void call();
    }

    private static void jump(long address) {
        System.out.println("jumping to " + Long.toHexString(address));
        Function function = WordFactory.pointer(address);
        function.call();
        System.out.println("came back");
    }

    private static void executeHeap() {
        byte[] code = {(byte) 0xc3};
        try (PinnedObject pinned = PinnedObject.create(code)) {
            jump(pinned.addressOfArrayElement(0).rawValue());
        }
    }

    /** Code that may not be interrupted does not look at where its stack ends. */
    @Uninterruptible(reason = "Must not check for the stack's end.")
    private static int overrunStack(int depth) {
        sink = depth;
        return overrunStack(depth + 1) + sink;
    }

    /** One thread waits, one computes, one fails. */
    private static void faultBesideThreads() throws InterruptedException {
        Thread waiter = new Thread(FaultProbes::waitForever, "waiter");
        Thread spinner = new Thread(FaultProbes::spinForever, "spinner");
        waiter.setDaemon(true);
        waiter.start();
        spinner.start();
        while (!spinning || waiter.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        Thread victim = new Thread(() -> write(0), "victim");
        victim.start();
        victim.join();
    }

    private static final class FaultyHandler implements InterruptHandler {
        @Override
        @Uninterruptible(reason = Interrupts.REASON)
        public void handle() {
            Pointer nowhere = WordFactory.nullPointer();
            nowhere.writeByte(0, (byte) 1);
        }
    }

    private static final FaultyHandler FAULTY = new FaultyHandler();

    private static void interruptItself() {
        Interrupts.send(Processors.current(), Interrupts.allocate(FAULTY));
        spinForever();
    }

    private static void waitForever() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void spinForever() {
        while (true) {
            sink++;
            spinning = true;
        }
    }

    /** Who reports the fault finds a thread whose name is nowhere. */
    private static void faultWithBrokenHeap() {
        offset = UNSAFE.objectFieldOffset(Thread.class, "name");
        UNSAFE.putLong(Thread.currentThread(), offset, 0x7_0000_0000L);
        UNSAFE.putByte(0L, (byte) 1);
    }
}
