Guildhall

${heading}
<#list blocks as block>

<#list block.lines as line>
<#if block.quote>> </#if>${line}
</#list>
</#list>
<#if facts?has_content>

<#list facts as fact>
${fact.label}: ${fact.value}
</#list>
</#if>
<#if action??>

${action.label}:
${action.url}
</#if>

-- 
${footer}
<#if unsubscribe??>
Unsubscribe: ${unsubscribe}
</#if>
${site}
