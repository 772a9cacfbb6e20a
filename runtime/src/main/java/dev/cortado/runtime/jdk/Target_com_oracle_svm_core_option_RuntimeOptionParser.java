package dev.cortado.runtime.jdk;

import com.oracle.svm.common.option.CommonOptionParser.BooleanOptionFormat;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.option.RuntimeOptionParser;
import jdk.graal.compiler.options.OptionDescriptor;
import jdk.graal.compiler.options.OptionKey;
import org.graalvm.collections.EconomicMap;

/**
 * Options of the Java runtime on the command line, {@code -XX:+Name} and {@code -XX:Name=value}.
 * The original also prints lists of options and guesses what was meant, in every image.
 */
@TargetClass(RuntimeOptionParser.class)
final class Target_com_oracle_svm_core_option_RuntimeOptionParser {
    @Alias public EconomicMap<String, OptionDescriptor> options;

    private Target_com_oracle_svm_core_option_RuntimeOptionParser() {}

    @Substitute
    @SuppressWarnings("unused")
    public void parseOptionAtRuntime(
            String arg,
            String optionPrefix,
            BooleanOptionFormat booleanOptionFormat,
            EconomicMap<OptionKey<?>, Object> values,
            boolean ignoreUnrecognized) {
        String option = arg.substring(optionPrefix.length());
        boolean hasSign = option.startsWith("+") || option.startsWith("-");
        int equals = option.indexOf('=');
        String name =
                hasSign ? option.substring(1) : equals < 0 ? option : option.substring(0, equals);
        OptionDescriptor descriptor = options.get(name);
        if (descriptor == null) {
            if (ignoreUnrecognized) {
                return;
            }
            throw new IllegalArgumentException("there is no option " + optionPrefix + name);
        }
        Class<?> type = descriptor.getOptionValueType();
        if (hasSign != (type == Boolean.class) || !hasSign && equals < 0) {
            String form = type == Boolean.class ? "+" + name : name + "=<value>";
            throw new IllegalArgumentException(arg + ": use " + optionPrefix + form);
        }
        Object value =
                hasSign ? option.startsWith("+") : RuntimeOptions.parse(arg, type, equals, option);
        descriptor.getOptionKey().update(values, value);
    }
}
