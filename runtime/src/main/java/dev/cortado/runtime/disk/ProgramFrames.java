package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.ProgramMemory;

/** How devices find the program's memory, see {@link ProgramMemory}. */
interface ProgramFrames {
    /** A guest's. */
    ProgramFrames OF_MACHINE =
            new ProgramFrames() {
                @Override
                public DeviceBlock find(long address, long bytes) {
                    return ProgramMemory.find(address, bytes);
                }

                @Override
                public void keep(ProgramMemory.Part part) {
                    ProgramMemory.keep(part);
                }
            };

    /** As {@link ProgramMemory#find}. */
    DeviceBlock find(long address, long bytes);

    /** As {@link ProgramMemory#keep}. */
    void keep(ProgramMemory.Part part);
}
