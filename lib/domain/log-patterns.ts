// What lines of build logs look like. Repetitions are bounded: a line of any text is judged in time linear in its length.

/** One pattern that matches where any of these does: a line is looked at once for each sign. */
function any(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'))
}

// Said by tools that go on, quoted source, results of tests that passed, advice.
export const NOISE = any(
  /\(ignored\)/,
  /^\s{0,20}\d{0,6} {0,6}\|/,
  /^\s{0,20}(?:trace|note|help|hint|info|debug|evaluation warning): /,
  /^\[(?:INFO|DEBUG|WARNING|WARN)\]/,
  /^checking .{0,200}\.\.\./,
  /^(?:copying path|building '|copying|installing|adding|creating|removing|substituting|unpacking|Installing|Compiling|Checking) /,
  /^(?!.*[Ff]ail).*(?:\bok|\bOK|PASSED|passed|Passed|\bdone|XFAIL|SKIPPED|\byes)[.!]?$/,
  /^\s{0,20}(?:--|•) (?!.{0,80}[Ee]rror)/,
  /^\[\s{0,3}\d{1,6}(?:\/\d{1,6}|%)\]/,
  /output-monitor error/,
  /^\s{0,80}(?:raise|throw|throws|except|catch|import|from|def|return|assert|if|else|elif)\b/,
  /^\s{0,20}at \S.{0,300}:\d{1,6}:\d{1,6}:?$/,
  /more information about (?:an|this|the) error|^\[ERROR\]\s{0,4}(?:$|To see the full|Re-run|For more info|\[Help|->)/,
)

export const PLAIN_WARNING = /^warning\b|[:\s]warning\s{0,4}[:[]|[\s:][a-z]{1,40}warning: /i

// The one warning of linkers that is the reason of what follows.
export const LINKER_WARNING = /\bld(?:\.\w+)?: warning: .{1,400} not found/

export const REPORT = any(
  /[Bb]uilder for '[^']{1,300}' failed(?! to produce| due to signal)|^error: builder for '[^']{1,300}'$/,
  /^\s{0,20}(?:error: )?(?:[Bb]uild of|Cannot build|failed to build) /,
  /dependenc(?:y|ies) (?:of derivation .{1,300} )?(?:failed|could not be built)/,
  /^\s{0,20}Reason: /,
  /\berror: while (?:evaluating|calling)/,
)

export const CONSEQUENCE = any(
  /g?make(?:\[\d{1,3}\])?: .{0,400}(?:Error -?\d{1,3}|Waiting for unfinished|not remade)/,
  /ninja: (?:build stopped|error: rebuilding)/,
  /^FAILED: /,
  /\b\d{1,6} errors?(?: and \d{1,6} warnings?)? (?:generated|found|emitted)/,
  /(?:could not compile|aborting due to|detailed explanations|subprocess-exited-with-error|Error generating file)/,
  /errors? occurred!?$|incomplete, errors/,
  /ld returned \d|linker command failed/,
  /BUILD (?:FAILURE|FAILED)|Build (?:FAILED|failed)\.?$|Compilation (?:FAILED|failed)/,
  /(?:returned|exited with|exit(?:ed)? (?:with )?(?:code|status):?) (?:a )?(?:non-zero.{0,20}|[1-9]\d{0,2})[.;)]?(?:$| \()/,
  /non-zero exit (?:code|status)(?: [1-9]\d{0,2})?[.;]?$/,
  /pop_var_context/,
  /(?:Error while processing|Found compiler error|Errors were encountered|A complete log of this run)/,
  /^Traceback \(most recent/,
  /^\s{0,20}error:\s*$/,
  /saving rejects/,
  /test failed, to rerun/,
  /FAILED TESTS|short test summary|^failures:$/,
)

// Exit codes that name the cause: 124 is that of timeout(1), from 128 on a signal's number is added. (127 is a command
// not found, but its shell has said so before.)
export const KILLED = any(
  /(?:exit(?:ed)?(?: with)?(?: code| status)?:?|returning|failed with exit code|code=) ?(?:124|13[4-9])\b/,
  /failed to produce output|failed due to signal/,
)

export const CAUSE = any(
  // Nix itself
  /hash mismatch|fixed-output derivation.{0,40} must not|failed to produce output|infinite recursion encountered/,
  /is marked as (?:broken|insecure)|has an unfree license/,
  /is not (?:available|supported) on (?:the requested|platform)|refusing to evaluate/,
  /(?:attribute|undefined variable|option|function).{0,200} (?:missing|does not exist)|undefined variable '/,
  /Failed assertions|assertion .{0,200} failed/,
  /is not tracked by [Gg]it|collision between|have the same priority|unable to download|cycle detected/,
  /called (?:with|without) (?:un)?(?:expected|required)? ?argument/,
  /output .{1,200} is not allowed to refer|contains a forbidden reference|forbidden reference/,
  /illegal (?:name|reference)/,
  /[Tt]imed out after|killed after writing more than|signal (?:9|11|6)\b|SIG(?:KILL|SEGV|ABRT|BUS|ILL)/,
  /required feature|a '[^']{1,80}' with features/,
  /do not know how to unpack|unpacker appears to have produced no|variable \$src or \$srcs should point/,
  /may not be deterministic|[Nn]o file to patch|can't find file to patch|dangling symlinks?$|line \d{1,6}: .{0,20}\d Killed/,
  // the machine
  /No space left on device|[Oo]ut of memory|OutOfMemory|Cannot allocate memory|cannot allocate memory|bad_alloc/,
  /[Kk]illed$|oom-kill|Disk quota/,
  /Segmentation fault|core dumped|internal compiler error|died due to signal|Illegal instruction|Bus error/,
  // the shell and its tools
  /command not found|cannot execute|Exec format error|bad interpreter|required file not found|Permission denied/,
  /Read-only file system|Operation not permitted/,
  /Hunk #\d{1,4} FAILED|hunks? (?:FAILED|failed)|patch does not apply|Reversed \(or previously applied\)/,
  /malformed patch/,
  /^[\w./+-]{1,300}: (?:line \d{1,6}: )?(?:refusing|cannot|can't|could not|unable|missing|failed|invalid|unrecognized|unknown option|illegal|no such)/,
  /substitute\w{0,12}\(\): ERROR|auto-patchelf could not satisfy|pattern .{1,200} doesn't match anything/,
  /is not a (?:valid|Git|git) /,
  // network
  /[Cc]ould ?n[o']t resolve host|Could not resolve|Temporary failure in name|Name or service not known/,
  /SSL (?:CA )?cert|certificate verify failed|HTTP (?:error|Error|response code:?) [45]\d\d|cannot download/,
  /[Ff]ailed to (?:fetch|download)|Connection (?:refused|timed out|reset)|Network is unreachable|ENOTFOUND/,
  /EAI_AGAIN/,
  // what a program says as it dies
  /terminate called after|AddressSanitizer|Assertion .{1,300} failed|Exception in thread|stack smashing|munmap_chunk\(\)/,
  // compilers and linkers
  /^[^:\s][^:]{0,400}[:(]\d{1,7}(?:[:,]\d{1,6})?\)?\s?: (?:fatal )?error\b/,
  /undefined reference to|multiple definition of|cannot find -l|[Uu]ndefined symbols?[: ]|symbol\(s\) not found/,
  /undefined symbol|unresolved (?:external|import|symbol)|DSO missing/,
  /^\s{0,12}error\[[A-Z]\d{1,5}\]|fatal error:|[Uu]nsupported gpu architecture|cannot be handled in|not in scope/,
  /No rule to make target/,
  /No instance for|Could not (?:load|find) module|missing or private dependencies|Encountered missing/,
  /[Uu]nknown option|unrecognized (?:command|option|argument)/,
  // configure steps
  /CMake Error at|Dependency .{1,120} not found|configure: error:|Package .{1,100} was not found/,
  /No package .{1,100} found|Could NOT find .{1,120}$|[Cc]ould not find a (?:package|version|config)/,
  /ERROR: (?:Problem|Dependency|Program|Could not)|is `?\w{1,30}`? installed/,
  // languages
  /^\S{1,300}\.go:\d{1,6}:\d{1,6}: |^go: .{0,200}(?:disabled|updates to go|missing|requires|not found|cannot)|no matching files found/,
  /DistributionNotFound|could not find compatible versions|^\* What went wrong/,
  /(?:Module|Attribute|Import|Type|Name|Syntax|Value|Key|Assertion|FileNotFound|Runtime|OS|Permission|Index|Connection|Unicode\w{0,10}|Specifier|Specification|Requirement)(?:NotFound)?Error\b(?!s)/,
  /Invalid[A-Z]\w{2,40}: |^E\s{2,14}\S|not satisfied by|not installed$|duplicates? found|Found duplicated packages/,
  /No matching distribution|Missing dependencies/,
  /inconsistent vendoring|cannot find (?:module|package|crate)|can't find crate|no required module/,
  /is not in (?:GOROOT|std)|missing go\.sum|build constraints exclude/,
  /failed to (?:select a version|load source|run custom build|execute command|get .{1,80} as a dependency)/,
  /perhaps a crate|lock file .{0,80}needs to be updated|checksum .{0,100}(?:changed|mismatch)/,
  /panicked at|\bNETSDK\d|\b(?:CS|MSB|NU|FS)\d{4}\b|could not be resolved|Could not resolve dependencies/,
  /Cannot find module|Module not found|ERESOLVE|EINTEGRITY|ENOENT|ENOTCACHED|ELIFECYCLE|ERR_\w{4}|Can't locate \S/,
  /LoadError|cannot load such file/,
)

export const ERROR = any(
  /(?:^|[\s:\])>(*-])(?:[Ee]rror|ERROR|FATAL|[Ff]atal|fatal error)(?:\[[^\]]{0,20}\]| [A-Z]{1,10}\d{1,6})?\s{0,4}:/,
  /^\[(?:ERROR|FATAL|error)\] \S|^npm (?:ERR!|error) \S|^\[?(?:ERROR|FATAL|Error)\b/,
  /^[\w.]{1,120}(?:Error|Exception|Failure)(?:: |$)|[Uu]nhandled exception|[Uu]ncaught exception|\*\*\* Failed/,
  /^\w{0,20} ?panic: |^panic: /,
  /(?:[Tt]est\w{0,10}|tests?|suite|examples?).{0,200}(?:FAIL|Fail(?:ed|ure)\b|failed$)|following tests FAILED/,
  /^(?:FAIL|FAILED|not ok)[ :]|\((?:Failed|Timeout|SEGFAULT|Not Run|Child aborted)\)$|test result: FAILED/,
  /\b[1-9]\d{0,6} (?:tests? )?(?:failed|failures?|errors?)\b|(?:failures|errors|failed)[=:] ?[1-9]/,
  /^(?:--- )?FAIL[:\s]|^# (?:FAIL|ERROR): {1,4}[1-9]|^FAILURE: |\bFAIL\b.{0,80}exit status|^error [A-Z]/,
  /make(?:\[\d{1,3}\])?: \*\*\* |^(?:✗|✖|×) /,
)

export const SYMPTOM = any(
  /[Nn]o such file or directory|[Nn]ot found|does not exist|File exists|[Ii]s not installed|already exists/,
  /\b(?:cannot|can't|could not|couldn't|unable to|failed to|Cannot|Could not|Unable to|Failed to|Failed|FAILED|refusing|is missing|Missing|not supported|unsupported|Unsupported|invalid|Invalid|Aborted|[Aa]borting|[Ii]ncompatible|conflicts? with|[Bb]roken|[Uu]nexpected|[Tt]imeout|[Uu]nknown)\b/,
  /Assertion|[Ee]xception|failed!?$|not satisfied|was not declared/,
)
