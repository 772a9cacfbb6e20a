package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.List;

/**
 * The same messages, put together without {@link java.util.Formatter}, which would come into every
 * image for this, and with it regular expressions, decimal formats, calendars and logging.
 */
@TargetClass(className = "jdk.internal.util.Preconditions")
final class Target_jdk_internal_util_Preconditions {
    private Target_jdk_internal_util_Preconditions() {}

    @Substitute
    private static String outOfBoundsMessage(String checkKind, List<? extends Number> args) {
        if (checkKind == null || args == null) {
            Object known = checkKind == null ? args : checkKind;
            return known == null ? "Range check failed" : "Range check failed: " + known;
        }
        int count = args.size();
        if (checkKind.equals("checkIndex") && count == 2) {
            return "Index " + args.get(0) + " out of bounds for length " + args.get(1);
        }
        String length = count == 3 ? ") out of bounds for length " + args.get(2) : "";
        if (checkKind.equals("checkFromToIndex") && count == 3) {
            return "Range [" + args.get(0) + ", " + args.get(1) + length;
        }
        if (checkKind.equals("checkFromIndexSize") && count == 3) {
            String from = String.valueOf(args.get(0));
            return "Range [" + from + ", " + from + " + " + args.get(1) + length;
        }
        return "Range check failed: " + checkKind + " " + args;
    }
}
