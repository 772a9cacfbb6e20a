package dev.cortado.kernel.substrate;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.option.RuntimeOptionValidationSupport.RuntimeOptionValidation;

@TargetClass(RuntimeOptionValidation.class)
final class Target_com_oracle_svm_core_option_RuntimeOptionValidationSupport_Validation {
    private Target_com_oracle_svm_core_option_RuntimeOptionValidationSupport_Validation() {}

    @Alias
    native void validate();
}
