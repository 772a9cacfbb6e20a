package dev.cortado.kernel.message;

import org.graalvm.nativeimage.ImageSingletons;

/**
 * How a Java thread comes into the kernel to wait there, with the garbage collector not waiting for
 * it meanwhile. What the kernel is put into, the compiled runtime, says how; results are those of
 * {@link WaitResult}.
 */
public interface KernelCalls {
    /** The image's own; constant in compiled code. */
    static KernelCalls get() {
        return ImageSingletons.lookup(KernelCalls.class);
    }

    /** See {@link Ports#call}. */
    int call(Port port, MessageSlot slot, long deadline);

    /** See {@link Ports#resume}. */
    int resume(MessageSlot slot, long deadline);

    /** See {@link Ports#receive}. */
    int receive(Port port, MessageSlot slot, long deadline);

    /** See {@link Ports#replyAndReceive}. */
    int replyAndReceive(
            MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline);

    /** See {@link SignalWord.Operations#await}. */
    int await(SignalWord word, MessageSlot slot, long mask, long deadline);
}
