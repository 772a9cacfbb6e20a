package dev.cortado.drivers.vmware.backdoor;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.VmwareSymbols;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.time.TimeSource;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;

/** The hypervisor that this runs on, if it is VMware's, or QEMU's likeness of it (vmport). */
public final class Vmware {
    static final String REASON = "Time is asked for everywhere, by the scheduler too.";

    /** Commands (open-vm-tools' lib/include/backdoor_def.h, BDOOR_CMD_*). */
    private static final int GET_VERSION = 10;

    private static final int GET_TIME_FULL = 46;

    private static boolean asked;
    private static boolean present;

    private Vmware() {}

    @CFunction(value = VmwareSymbols.CALL, transition = Transition.NO_TRANSITION)
    static native void call(PointerBase registers);

    @CFunction(value = VmwareSymbols.SEND, transition = Transition.NO_TRANSITION)
    static native void send(PointerBase registers);

    @CFunction(value = VmwareSymbols.RECEIVE, transition = Transition.NO_TRANSITION)
    static native void receive(PointerBase registers);

    /**
     * Whether it answers. Nobody is asked where CPUID knows of no hypervisor: there the port may be
     * a device's.
     */
    @Uninterruptible(reason = REASON)
    public static boolean isPresent() {
        if (!asked) {
            present = CpuId.has(1, CpuId.ECX, CpuId.HYPERVISOR) && hasVersion();
            asked = true;
        }
        return present;
    }

    @Uninterruptible(reason = REASON)
    private static boolean hasVersion() {
        Pointer registers = StackValue.get(VmwareSymbols.REGISTERS_SIZE);
        command(registers, GET_VERSION);
        return registers.readInt(VmwareSymbols.RAX) != -1
                && registers.readInt(VmwareSymbols.RBX) == Backdoor.MAGIC;
    }

    /**
     * The host's time: nanoseconds since 1970-01-01T00:00Z, {@link TimeSource#UNKNOWN} if it does
     * not say.
     */
    @Uninterruptible(reason = REASON)
    static long epochNanos() {
        Pointer registers = StackValue.get(VmwareSymbols.REGISTERS_SIZE);
        command(registers, GET_TIME_FULL);
        return registers.readInt(VmwareSymbols.RAX) == Backdoor.MAGIC
                ? HostTime.epochNanos(
                        registers.readInt(VmwareSymbols.RSI),
                        registers.readInt(VmwareSymbols.RDX),
                        registers.readInt(VmwareSymbols.RBX))
                : TimeSource.UNKNOWN;
    }

    @Uninterruptible(reason = REASON)
    private static void command(Pointer registers, int command) {
        for (int at = 0; at < VmwareSymbols.REGISTERS_SIZE; at += Long.BYTES) {
            registers.writeLong(at, 0L);
        }
        registers.writeLong(VmwareSymbols.RAX, Backdoor.MAGIC);
        registers.writeLong(VmwareSymbols.RCX, command);
        registers.writeLong(VmwareSymbols.RDX, Backdoor.PORT);
        call(registers);
    }
}
