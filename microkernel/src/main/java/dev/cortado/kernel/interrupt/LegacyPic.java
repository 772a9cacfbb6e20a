package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.kernel.cpu.Cpu;

/** The pair of 8259A interrupt controllers: moved out of the exceptions' way and masked. */
public final class LegacyPic {
    private static final int MASTER_COMMAND = 0x20;
    private static final int MASTER_DATA = 0x21;
    private static final int SLAVE_COMMAND = 0xa0;
    private static final int SLAVE_DATA = 0xa1;

    /** Initialisation command words of the 8259A data sheet. */
    private static final int ICW1_INITIALIZE_WITH_ICW4 = 0x11;

    private static final int ICW3_SLAVE_ON_IRQ2 = 1 << 2;
    private static final int ICW3_SLAVE_IDENTITY = 2;
    private static final int ICW4_8086_MODE = 1;
    private static final int MASK_ALL = 0xff;

    private LegacyPic() {}

    @Uninterruptible(reason = Interrupts.REASON)
    public static void disable() {
        Cpu.out8(MASTER_COMMAND, ICW1_INITIALIZE_WITH_ICW4);
        Cpu.out8(SLAVE_COMMAND, ICW1_INITIALIZE_WITH_ICW4);
        Cpu.out8(MASTER_DATA, InterruptTable.FIRST_INTERRUPT);
        Cpu.out8(SLAVE_DATA, InterruptTable.FIRST_INTERRUPT + 8);
        Cpu.out8(MASTER_DATA, ICW3_SLAVE_ON_IRQ2);
        Cpu.out8(SLAVE_DATA, ICW3_SLAVE_IDENTITY);
        Cpu.out8(MASTER_DATA, ICW4_8086_MODE);
        Cpu.out8(SLAVE_DATA, ICW4_8086_MODE);
        Cpu.out8(MASTER_DATA, MASK_ALL);
        Cpu.out8(SLAVE_DATA, MASK_ALL);
    }
}
