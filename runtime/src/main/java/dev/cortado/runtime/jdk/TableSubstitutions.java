package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.infrastructure.SubstitutionProcessor;
import com.oracle.svm.hosted.annotation.CustomSubstitutionMethod;
import dev.cortado.runtime.natives.NativeMethod;
import dev.cortado.runtime.natives.NativeTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Comes after all others that replace methods, and replaces what they have left for C libraries, of
 * which there are none, as the table of natives says.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class TableSubstitutions extends SubstitutionProcessor {
    /** Not a public class of the compiler's. */
    private static final String LINKED_BY_NAME = "JNINativeCallWrapperMethod";

    private final NativeTable table = NativeTable.load();
    private final Map<ResolvedJavaMethod, TableMethod> made = new ConcurrentHashMap<>();

    /** Whether it would be looked for in a C library. */
    static boolean isLinkedByName(ResolvedJavaMethod method) {
        return method instanceof CustomSubstitutionMethod
                && method.getClass().getSimpleName().equals(LINKED_BY_NAME);
    }

    @Override
    public ResolvedJavaMethod lookup(ResolvedJavaMethod method) {
        if (!isLinkedByName(method)) {
            return method;
        }
        ResolvedJavaMethod original = ((CustomSubstitutionMethod) method).getOriginal();
        Optional<NativeMethod> entry =
                table.find(
                        original.getDeclaringClass().toJavaName(),
                        original.getName(),
                        original.getSignature().toMethodDescriptor());
        return entry.filter(each -> each.replacement().isMadeHere())
                .<ResolvedJavaMethod>map(
                        each -> made.computeIfAbsent(original, key -> new TableMethod(key, each)))
                .orElse(method);
    }
}
