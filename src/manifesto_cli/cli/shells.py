"""The scripts by which shells ask what could be typed next. They only hand over words and offer what comes back."""

from collections.abc import Mapping

# Nothing that comes back is evaluated or split, since ids come from libraries and libraries from strangers. None of them changes
# how a shell behaves elsewhere. Bash on macOS is old: it knows no `mapfile`.
_BASH = """\
# What Tab offers after `manifesto`, in bash. To have it always: put `eval "$(manifesto completion bash)"` into ~/.bashrc.
_manifesto() {
    local IFS=$'\\n' word
    COMPREPLY=()
    while read -r word; do
        COMPREPLY+=("$word")
    done < <("$1" completion bash -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o bashdefault -o default -F _manifesto manifesto
"""
_ZSH = """\
#compdef manifesto
# What Tab offers after `manifesto`, in zsh. To have it always: put `eval "$(manifesto completion zsh)"` into ~/.zshrc, below `compinit`.
_manifesto() {
    local -a offers
    offers=("${(@f)$("$words[1]" completion zsh -- "${(@)words[1,CURRENT]}" 2>/dev/null)}")
    if [[ -n "$offers[1]" ]]; then
        _describe manifesto offers
    else
        _files
    fi
}
if [[ "$funcstack[1]" = _manifesto ]]; then
    _manifesto "$@"
else
    compdef _manifesto manifesto
fi
"""
_FISH = """\
# What Tab offers after `manifesto`, in fish. To have it always: `manifesto completion fish > ~/.config/fish/completions/manifesto.fish`.
function __manifesto_offers
    set -l typed (commandline --tokenize --cut-at-cursor --current-process)
    set -l begun (commandline --current-token --cut-at-cursor)
    set -l offers ($typed[1] completion fish -- $typed "$begun" 2>/dev/null)
    if set -q offers[1]
        printf '%s\n' $offers
    else
        __fish_complete_path "$begun"
    end
end
complete --command manifesto --no-files --arguments '(__manifesto_offers)'
"""
_POWERSHELL = """\
# What Tab offers after `manifesto`, in PowerShell. To have it always: put this line into the file that $PROFILE names:
#   manifesto completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName manifesto -ScriptBlock {
    param($begun, $line, $at)
    $typed = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $at } | ForEach-Object { $_.Extent.Text })
    & manifesto completion powershell '--' @typed "=$begun" 2>$null | ForEach-Object {
        $word, $about = $_ -split "`t", 2
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
"""

SCRIPTS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}
"""The script of each shell."""
