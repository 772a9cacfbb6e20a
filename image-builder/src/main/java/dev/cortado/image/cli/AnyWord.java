package dev.cortado.image.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes the next word as a value, also one that looks like an option of Cortado's. */
final class AnyWord implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec argument, CommandSpec command) {
        if (words.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--compiler-argument needs a value");
        }
        List<String> before = argument.getValue();
        List<String> values = new ArrayList<>(before);
        values.add(words.pop());
        argument.setValue(values);
    }
}
