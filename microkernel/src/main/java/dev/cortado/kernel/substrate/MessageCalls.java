package dev.cortado.kernel.substrate;

import com.oracle.svm.core.AlwaysInline;
import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.InternalVMMethod;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import com.oracle.svm.core.stack.JavaFrameAnchor;
import com.oracle.svm.core.thread.VMThreads.StatusSupport;
import dev.cortado.kernel.message.KernelCalls;
import dev.cortado.kernel.message.MessageSlot;
import dev.cortado.kernel.message.Port;
import dev.cortado.kernel.message.Ports;
import dev.cortado.kernel.message.SignalWord;
import dev.cortado.kernel.thread.KernelThread;
import org.graalvm.nativeimage.CurrentIsolate;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;

/**
 * The kernel calls of messages. Unlike {@link SystemCalls} they go through no C function, which
 * would save and restore registers that a compiled method never expects to keep, twice a call: the
 * method itself is the border. To the garbage collector its caller's frame is the last one of
 * Java's, so none of these may be inlined into it, nor have an object of its own.
 */
@InternalVMMethod
final class MessageCalls implements KernelCalls {
    private static final String REASON =
            "In the kernel: the garbage collector does not wait for us.";

    private static final String BORDER = "Its caller's frame is the last one of Java's.";

    /** Sooner than the kernel finds it. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static KernelThread currentThread() {
        return KernelThreadSupport.of(CurrentIsolate.getCurrentThread());
    }

    /** The collector looks at the frames from there on, and waits for this thread no longer. */
    @AlwaysInline("The anchor is on the stack of whoever enters.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    private static void enter(JavaFrameAnchor anchor, Pointer stackPointer, CodePointer address) {
        anchor.setPreviousAnchor(
                Target_com_oracle_svm_core_stack_JavaFrameAnchors.lastAnchorTL.get());
        anchor.setLastJavaSP(stackPointer);
        anchor.setLastJavaIP(address);
        Target_com_oracle_svm_core_stack_JavaFrameAnchors.lastAnchorTL.set(anchor);
        StatusSupport.setStatusNative();
    }

    /** Waits for the end of a collection, if there is one. */
    @AlwaysInline("It is one exchange.")
    @Uninterruptible(reason = REASON, callerMustBe = true)
    private static void leave() {
        if (StatusSupport.compareAndSetNativeToNewStatus(StatusSupport.STATUS_IN_JAVA)) {
            Target_com_oracle_svm_core_stack_JavaFrameAnchors.lastAnchorTL.set(
                    Target_com_oracle_svm_core_stack_JavaFrameAnchors.lastAnchorTL
                            .get()
                            .getPreviousAnchor());
        } else {
            Target_com_oracle_svm_core_thread_SafepointSlowpath
                    .enterSlowPathTransitionFromNativeToNewStatus(
                            StatusSupport.STATUS_IN_JAVA, true);
        }
    }

    @Override
    @NeverInline(BORDER)
    @Uninterruptible(reason = REASON)
    public int call(Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        enter(
                StackValue.get(JavaFrameAnchor.class),
                KnownIntrinsics.readCallerStackPointer(),
                KnownIntrinsics.readReturnAddress());
        int result = Ports.call(port, slot, deadline);
        leave();
        return result;
    }

    @Override
    @NeverInline(BORDER)
    @Uninterruptible(reason = REASON)
    public int resume(MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        enter(
                StackValue.get(JavaFrameAnchor.class),
                KnownIntrinsics.readCallerStackPointer(),
                KnownIntrinsics.readReturnAddress());
        int result = Ports.resume(slot, deadline);
        leave();
        return result;
    }

    @Override
    @NeverInline(BORDER)
    @Uninterruptible(reason = REASON)
    public int receive(Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        enter(
                StackValue.get(JavaFrameAnchor.class),
                KnownIntrinsics.readCallerStackPointer(),
                KnownIntrinsics.readReturnAddress());
        int result = Ports.receive(port, slot, deadline);
        leave();
        return result;
    }

    @Override
    @NeverInline(BORDER)
    @Uninterruptible(reason = REASON)
    public int replyAndReceive(
            MessageSlot call, long sequence, Port port, MessageSlot slot, long deadline) {
        slot.setThread(currentThread());
        enter(
                StackValue.get(JavaFrameAnchor.class),
                KnownIntrinsics.readCallerStackPointer(),
                KnownIntrinsics.readReturnAddress());
        int result = Ports.replyAndReceive(call, sequence, port, slot, deadline);
        leave();
        return result;
    }

    @Override
    @NeverInline(BORDER)
    @Uninterruptible(reason = REASON)
    public int await(SignalWord word, MessageSlot slot, long mask, long deadline) {
        enter(
                StackValue.get(JavaFrameAnchor.class),
                KnownIntrinsics.readCallerStackPointer(),
                KnownIntrinsics.readReturnAddress());
        int result = SignalWord.Operations.await(word, slot, mask, deadline);
        leave();
        return result;
    }
}
