package dev.cortado.drivers.xen.pv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Sizes and offsets as a C compiler gives them to Xen's public headers on x86-64. */
class VirtualCpuContextTest {
    @Test
    void isStructVcpuGuestContext() {
        assertEquals(5168, VirtualCpuContext.SIZE);
        assertEquals(512, VirtualCpuContext.FLAGS);
        assertEquals(720, VirtualCpuContext.TRAPS);
        assertEquals(4968, VirtualCpuContext.KERNEL_STACK_SEGMENT);
        assertEquals(4976, VirtualCpuContext.KERNEL_STACK_POINTER);
        assertEquals(5008, VirtualCpuContext.PAGE_TABLES);
        assertEquals(5112, VirtualCpuContext.EVENT_CALLBACK);
        assertEquals(5120, VirtualCpuContext.FAILSAFE_CALLBACK);
        assertEquals(5152, VirtualCpuContext.GS_BASE);
    }

    @Test
    void hasStructCpuUserRegsAt520() {
        assertEquals(520 + 104, VirtualCpuContext.RSI);
        assertEquals(520 + 112, VirtualCpuContext.RDI);
        assertEquals(520 + 128, VirtualCpuContext.INSTRUCTION_POINTER);
        assertEquals(520 + 136, VirtualCpuContext.CODE_SEGMENT);
        assertEquals(520 + 152, VirtualCpuContext.STACK_POINTER);
        assertEquals(520 + 160, VirtualCpuContext.STACK_SEGMENT);
    }
}
