package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.jdk.InternalVMMethod;
import dev.cortado.kernel.message.KernelCalls;
import dev.cortado.kernel.message.MessageSlot;
import dev.cortado.kernel.message.Port;
import dev.cortado.kernel.message.Ports;
import dev.cortado.kernel.message.SignalWord;
import dev.cortado.kernel.thread.KernelThread;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CEntryPoint.NotIncludedAutomatically;
import org.graalvm.nativeimage.c.function.CEntryPoint.Publish;
import org.graalvm.nativeimage.c.function.CEntryPointLiteral;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.function.CFunctionPointer;
import org.graalvm.nativeimage.c.function.InvokeCFunctionPointer;

/**
 * The kernel calls of messages, as {@link SystemCalls}. They go through function pointers rather
 * than symbols: so they are in an image only if something in it calls them.
 */
@InternalVMMethod
final class MessageCalls implements KernelCalls {
    private static final String REASON =
            "In the kernel: the garbage collector does not wait for us.";

    private static final CEntryPointLiteral<PortCall> CALL =
            literal("callEntry", Port.class, MessageSlot.class, long.class);
    private static final CEntryPointLiteral<PortCall> RECEIVE =
            literal("receiveEntry", Port.class, MessageSlot.class, long.class);
    private static final CEntryPointLiteral<SlotCall> RESUME =
            literal("resumeEntry", MessageSlot.class, long.class);
    private static final CEntryPointLiteral<ReplyCall> REPLY_AND_RECEIVE =
            literal(
                    "replyAndReceiveEntry",
                    MessageSlot.class,
                    long.class,
                    Port.class,
                    MessageSlot.class,
                    long.class);
    private static final CEntryPointLiteral<SignalCall> AWAIT =
            literal("awaitEntry", SignalWord.class, MessageSlot.class, long.class, long.class);

    private interface PortCall extends CFunctionPointer {
        @InvokeCFunctionPointer(transition = Transition.TO_NATIVE)
        int invoke(Port port, MessageSlot slot, long deadline);
    }

    private interface SlotCall extends CFunctionPointer {
        @InvokeCFunctionPointer(transition = Transition.TO_NATIVE)
        int invoke(MessageSlot slot, long deadline);
    }

    private interface ReplyCall extends CFunctionPointer {
        @InvokeCFunctionPointer(transition = Transition.TO_NATIVE)
        int invoke(MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline);
    }

    private interface SignalCall extends CFunctionPointer {
        @InvokeCFunctionPointer(transition = Transition.TO_NATIVE)
        int invoke(SignalWord word, MessageSlot slot, long mask, long deadline);
    }

    private static <T extends CFunctionPointer> CEntryPointLiteral<T> literal(
            String method, Class<?>... parameters) {
        return CEntryPointLiteral.create(MessageCalls.class, method, parameters);
    }

    /** Sooner than the kernel finds it. */
    private static KernelThread currentThread() {
        return KernelThreadSupport.of(CurrentIsolate.getCurrentThread());
    }

    @Override
    public int call(Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        return CALL.getFunctionPointer().invoke(port, slot, deadline);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int callEntry(Port port, MessageSlot slot, long deadline) {
        return Ports.call(port, slot, deadline);
    }

    @Override
    public int resume(MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        return RESUME.getFunctionPointer().invoke(slot, deadline);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int resumeEntry(MessageSlot slot, long deadline) {
        return Ports.resume(slot, deadline);
    }

    @Override
    public int receive(Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        return RECEIVE.getFunctionPointer().invoke(port, slot, deadline);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int receiveEntry(Port port, MessageSlot slot, long deadline) {
        return Ports.receive(port, slot, deadline);
    }

    @Override
    public int replyAndReceive(
            MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        return REPLY_AND_RECEIVE.getFunctionPointer().invoke(call, sequence, port, slot, deadline);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int replyAndReceiveEntry(
            MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline) {
        return Ports.replyAndReceive(call, sequence, port, slot, deadline);
    }

    @Override
    public int await(SignalWord word, MessageSlot slot, long mask, long deadline) {
        return AWAIT.getFunctionPointer().invoke(word, slot, mask, deadline);
    }

    @CEntryPoint(include = NotIncludedAutomatically.class, publishAs = Publish.NotPublished)
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    @Uninterruptible(reason = REASON)
    static int awaitEntry(SignalWord word, MessageSlot slot, long mask, long deadline) {
        return SignalWord.Operations.await(word, slot, mask, deadline);
    }
}
