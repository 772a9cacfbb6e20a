package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;

/**
 * Starts the machine's other CPUs. Which one an image has is decided while it is built, see {@link
 * ProcessorStart#setStarter}.
 */
public interface ProcessorStarter {
    /** What {@link #hardwareId} says of a CPU that cannot be started, or runs already. */
    int NONE = -1;

    /** Called before memory is handed out. */
    @Uninterruptible(reason = BootInformation.REASON)
    void prepare();

    /** How many CPUs there may be. */
    @Uninterruptible(reason = BootInformation.REASON)
    int count();

    @Uninterruptible(reason = BootInformation.REASON)
    int hardwareId(int index);

    /**
     * Makes a CPU run {@code ImageLayout.processorMain} with its control block as the argument;
     * returns early or when {@link ProcessorStart#awaitBegin} says that it does.
     */
    @Uninterruptible(reason = BootInformation.REASON)
    void start(Processor processor, long stackTop);

    /** The CPU is not wanted any more, whether it runs or not. */
    @Uninterruptible(reason = BootInformation.REASON)
    void stop(Processor processor);
}
