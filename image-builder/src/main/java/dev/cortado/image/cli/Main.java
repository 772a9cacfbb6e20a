package dev.cortado.image.cli;

import dev.cortado.image.UserError;
import dev.cortado.image.progress.Style;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code cortado} command. */
@Command(
        name = "cortado",
        description = "Turns a Java program into a guest image that boots on a hypervisor.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BuildCommand.class,
            RunCommand.class,
            PsCommand.class,
            LogsCommand.class,
            StopCommand.class,
            RmCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            TargetsCommand.class,
            DiskCommand.class,
            CacheCommand.class,
            VersionCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        versionProvider = VersionCommand.Provider.class,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  cortado build --class-path app.jar --main-class com.example.Main --output app",
            "  cortado run app",
            "  cortado inspect app"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0: success (for run: the guest's own exit code)",
            "1: an error in Cortado itself",
            "2: something that you can mend; the message says how"
        })
public final class Main {
    private static final int INTERNAL_ERROR = 1;
    private static final int USER_ERROR = 2;

    @Option(
            names = {"--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show every detail: the compiler's output, and stack traces of errors.")
    private boolean verbose;

    Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its subcommands, ready to be executed. */
    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main());
        Style style = Terminal.style();
        command.setColorScheme(
                CommandLine.Help.defaultColorScheme(style.colours() ? Ansi.ON : Ansi.OFF));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUsageHelpAutoWidth(true);
        command.setExecutionExceptionHandler(executionErrors());
        command.setParameterExceptionHandler(parameterErrors());
        command.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(false);
        return command;
    }

    private static IExecutionExceptionHandler executionErrors() {
        return (Exception error, CommandLine command, ParseResult parsed) -> {
            boolean verbose = isVerbose(command);
            PrintWriter err = command.getErr();
            boolean mendable = error instanceof UserError;
            String message = mendable ? error.getMessage() : "internal error: " + error;
            printError(err, message);
            if (verbose) {
                error.printStackTrace(err);
            } else if (!mendable) {
                err.println(
                        "  Please report this, with the output of the same command and --verbose.");
            }
            err.flush();
            return mendable ? USER_ERROR : INTERNAL_ERROR;
        };
    }

    private static IParameterExceptionHandler parameterErrors() {
        return (ParameterException error, String[] arguments) -> {
            CommandLine command = error.getCommandLine();
            PrintWriter err = command.getErr();
            String name = command.getCommandSpec().qualifiedName();
            if (arguments.length == 0) {
                command.usage(err);
                return USER_ERROR;
            }
            String message =
                    error.getCause() instanceof UserError cause
                            ? cause.getMessage()
                            : error.getMessage();
            printError(err, message + " (see " + name + " --help)");
            err.flush();
            return USER_ERROR;
        };
    }

    private static void printError(PrintWriter err, String message) {
        String prefix = Terminal.style().red("error: ");
        message.lines().forEach(line -> err.println(prefix + line));
    }

    private static boolean isVerbose(CommandLine command) {
        Object root = command.getCommandSpec().root().userObject();
        return root instanceof Main main && main.verbose;
    }

    boolean verbose() {
        return verbose;
    }
}
