Guildhall

${heading}
<#list blocks as block>

<#list block.lines as line>
<#if block.quote>> </#if>${line}
</#list>
</#list>
<#if action??>

${action.label}:
${action.url}
</#if>

-- 
${footer}
<#if unsubscribe??>
Stop these e-mails: ${unsubscribe}
</#if>
${site}
