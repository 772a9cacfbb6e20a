package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.heap.Heap;
import com.oracle.svm.core.snippets.SubstrateForeignCallTarget;
import com.oracle.svm.core.stack.StackOverflowCheck;
import jdk.graal.compiler.word.Word;

/**
 * What compiled code calls for a new object that it does not make itself; code that is compiled for
 * size makes none itself. So most objects have their place in what their thread has: the original
 * finds that out behind a change of the stack's bounds, and for arrays behind much else.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.graal.GenScavengeAllocationSupport")
final class Target_com_oracle_svm_core_genscavenge_graal_GenScavengeAllocationSupport {
    private Target_com_oracle_svm_core_genscavenge_graal_GenScavengeAllocationSupport() {}

    @Alias
    private static native Object slowNewInstanceInterruptibly(Word objectHeader);

    @Alias
    private static native Object slowNewArrayLikeObjectInterruptibly(
            Word objectHeader, int length, byte[] podReferenceMap);

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = false)
    @Uninterruptible(reason = "The new object is young, or all its cards are dirty.")
    private static Object slowNewInstance(Word objectHeader) {
        Object made = NewObjects.instance(objectHeader);
        if (made != null) {
            return made;
        }
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            made = slowNewInstanceInterruptibly(objectHeader);
            Heap.getHeap().dirtyAllReferencesOf(made);
            return made;
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }

    @Substitute
    @SubstrateForeignCallTarget(stubCallingConvention = false)
    @Uninterruptible(reason = "The new object is young, or all its cards are dirty.")
    private static Object slowNewArray(Word objectHeader, int length) {
        Object made = NewObjects.array(objectHeader, length);
        if (made != null) {
            return made;
        }
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            made = slowNewArrayLikeObjectInterruptibly(objectHeader, length, null);
            Heap.getHeap().dirtyAllReferencesOf(made);
            return made;
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }
}
