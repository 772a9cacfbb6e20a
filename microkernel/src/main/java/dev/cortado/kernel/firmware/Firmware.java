package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.memory.DirectMap;

/** This machine's firmware tables. */
public final class Firmware {
    private static final FirmwareTables TABLES =
            new FirmwareTables(new DirectMap(), AddressSpace.EARLY_MAPPED_SIZE);

    private Firmware() {}

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static FirmwareTables tables() {
        return TABLES;
    }
}
