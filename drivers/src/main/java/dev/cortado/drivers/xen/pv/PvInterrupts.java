package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.InterruptController;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.RingMemory;
import dev.cortado.kernel.memory.VirtualMemory;

/**
 * All interrupts of a PV domain are events. For those from CPU to CPU, each has an event channel
 * and a bit for each vector.
 */
final class PvInterrupts implements InterruptController, EventChannels.Delivery, InterruptHandler {
    private static final int WORD_BITS = Integer.SIZE;
    private static final int VECTOR_BYTES = InterruptTable.VECTORS / Byte.SIZE;

    private final RingMemory memory = new VirtualMemory();

    /** For each virtual CPU the port that interrupts it. */
    private final int[] ports = new int[Processors.CAPACITY];

    /** For each virtual CPU where its vectors' bits are. */
    private final long[] raised = new long[Processors.CAPACITY];

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public boolean start(InterruptHandler upcall) {
        for (int i = 0; i < ports.length; i++) {
            ports[i] = 0; // after a resume another one, or none
        }
        Interrupts.bind(PvProcessorHeader.UPCALL_VECTOR, upcall);
        return true;
    }

    /**
     * Its callbacks are the first CPU's. What others have raised on it while it had no port, for it
     * came late after a resume, it hears of now.
     */
    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void startProcessor() {
        int self = id();
        if (open(self)) {
            EventChannels.notify(ports[self]);
        }
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public boolean initialize() {
        return SharedInfo.map() && EventChannels.start() && open(0);
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void initializeProcessor() {
        EventChannels.startProcessor();
    }

    /** A virtual CPU can be interrupted from now on. */
    @Uninterruptible(reason = Interrupts.REASON)
    private boolean open(int virtualCpu) {
        if (raised[virtualCpu] == 0) {
            raised[virtualCpu] = Memory.allocateZeroed(VECTOR_BYTES).rawValue();
        }
        if (raised[virtualCpu] == 0) {
            return false;
        }
        ports[virtualCpu] = EventChannels.bindIpi(virtualCpu, this);
        return ports[virtualCpu] > 0;
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public int id() {
        return Processors.online() == 0 ? 0 : Processors.current().getHardwareId();
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void send(int id, int vector) {
        if (raised[id] == 0) {
            return;
        }
        long word = raised[id] + (long) (vector / WORD_BITS) * Integer.BYTES;
        int bit = 1 << vector;
        int before = memory.readIntAcquire(word);
        while (!memory.compareAndSetInt(word, before, before | bit)) {
            before = memory.readIntAcquire(word);
        }
        int port = ports[id];
        if (port > 0) {
            EventChannels.notify(port);
        }
    }

    /** Another CPU has raised vectors on this one. */
    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void handle() {
        long words = raised[id()];
        for (int word = 0; word < InterruptTable.VECTORS / WORD_BITS; word++) {
            long address = words + (long) word * Integer.BYTES;
            int bits = memory.readIntAcquire(address);
            while (bits != 0 && !memory.compareAndSetInt(address, bits, 0)) {
                bits = memory.readIntAcquire(address);
            }
            for (; bits != 0; bits &= bits - 1) {
                Interrupts.raise(word * WORD_BITS + Integer.numberOfTrailingZeros(bits));
            }
        }
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void stop(Processor other) {
        VirtualCpuCalls.call(VirtualCpuCalls.DOWN, other.getHardwareId(), 0);
        other.setOnline(0);
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void endOfInterrupt() {}
}
