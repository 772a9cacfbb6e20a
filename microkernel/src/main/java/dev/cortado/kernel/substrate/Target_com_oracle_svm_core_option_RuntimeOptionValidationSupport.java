package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.option.RuntimeOptionValidationSupport;
import java.util.List;

/** Options are validated if they have been given. */
@TargetClass(RuntimeOptionValidationSupport.class)
final class Target_com_oracle_svm_core_option_RuntimeOptionValidationSupport {
    @Alias
    private List<Target_com_oracle_svm_core_option_RuntimeOptionValidationSupport_Validation>
            validations;

    private Target_com_oracle_svm_core_option_RuntimeOptionValidationSupport() {}

    @Substitute
    public void validate() {
        if (GivenOptions.any()) {
            for (var validation : validations) {
                validation.validate();
            }
        }
    }
}
